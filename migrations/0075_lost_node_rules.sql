-- A rule on lost nodes that waits longer could not fire: a lost node leaves the list after a minute.
UPDATE alert_rules SET for_seconds = 45 WHERE measure = 'nodes_lost' AND for_seconds > 45;
