"""What every area stands on: unit of work, streams, queues, time, ids, law. Imports no area."""
