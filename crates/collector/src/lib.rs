//! What do we ask next, and of whom? Sources, planner, sync, file import.
