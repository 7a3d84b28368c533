# name: boot
# The kernel's own test of static keys, and events that are switched on and off.

# A module with keys and one that uses them, loaded by turns.
expect 'test_static_keys and its base' sh -c '
  insmod /test_static_key_base.ko && insmod /test_static_keys.ko &&
  rmmod test_static_keys && rmmod test_static_key_base'

switched() {
  echo 0 > "events/$1/enable"
  echo > trace
  [ "$(lines_of "${1#*/}")" = 0 ] || return 1
  echo 1 > "events/$1/enable"
  [ "$(lines_of "${1#*/}")" -gt 0 ] || return 1
  echo 0 > "events/$1/enable"
  echo > trace
  [ "$(lines_of "${1#*/}")" = 0 ]
}
expect 'sched_switch off, on, off' switched sched/sched_switch
insmod /trace-events-sample.ko
expect "a module's foo_bar off, on, off" switched sample-trace/foo_bar
rmmod trace-events-sample

# All events, thrice, while processes start and end.
(while :; do /bin/true; done) &
load=$!
toggled() {
  for _ in 1 2 3; do
    echo 1 > events/enable || return 1
    sleep 1
    echo 0 > events/enable || return 1
  done
  [ "$(grep -c ': sched_process_fork: ' trace)" -gt 0 ]
}
expect 'all events on and off under load' toggled
kill $load
