//! What would Enedis have answered? Both API generations, faults, clock.
