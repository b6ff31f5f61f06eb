"""A django-oscar project as its package and its getting-started pages make it, to compare with.

Our forks take the places of Oscar's apps, so the two never share a process. settings, urls,
wsgi, thumbnails, load and count belong to the stock shop's own processes; buying is read by
both sides; setup starts all of it from the benchmark.
"""
