-- A page of one kind, newest first. `form` is the request as JSON; a filter counts when it is given.
WITH asked (kind, since, most, form) AS (VALUES (?, ?, ?, ?)),
wanted AS (
    SELECT asked.*, json_extract(form, '$.payment_intent') AS intent, json_extract(form, '$.types') AS types,
    (SELECT seq FROM objects WHERE id = json_extract(form, '$.starting_after')) AS below FROM asked
)
SELECT objects.id FROM objects JOIN wanted USING (kind) WHERE created >= since
AND (below IS NULL OR seq < below)
AND (intent IS NULL OR json_extract(body, '$.payment_intent') = intent)
AND (types IS NULL OR json_extract(body, '$.type') IN (SELECT value FROM json_each(form, '$.types')))
ORDER BY seq DESC LIMIT (SELECT most FROM asked);
