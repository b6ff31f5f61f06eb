"""Where the money goes: published figures in words, as drawings, on their page and as a file."""
