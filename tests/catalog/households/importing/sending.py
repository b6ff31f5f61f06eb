"""What a sheet that was sent in is told."""


def told(job) -> tuple:
    return (job.state, job.rows_total, job.good, job.errors, job.sealed is None)
