-- name: queue_counts
-- How many are in the queue by why and campaign.
SELECT row_code, campaign, count(*) AS people FROM entry GROUP BY row_code, campaign ORDER BY row_code, campaign;
