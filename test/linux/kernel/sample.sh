# name: sample
# Modules whose trace points are attributes, as events of the kernel.

on() { echo 1 > "events/$1/enable"; }
off() { echo 0 > "events/$1/enable"; }
# has TEXT...: the trace has each of the texts, with nothing after it.
has() {
  for text; do
    grep -qE ": $text\$" trace || { echo "not in the trace: $text"; return 1; }
  done
}

expect 'insmod binder.ko' insmod /binder.ko
expect 'events/binder/binder_ioctl: enable, filter, format, id, trigger' sh -c '
  cd events/binder/binder_ioctl && ls enable filter format id trigger > /dev/null'
cat events/binder/binder_ioctl/format
expect 'its format has typed fields' sh -c '
  grep -q "field:unsigned int cmd;.*size:4;.*signed:0;" events/binder/binder_ioctl/format &&
  grep -q "field:unsigned long arg;.*size:8;.*signed:0;" events/binder/binder_ioctl/format'

device=/dev/binder
echo > trace
/request $device 0xc0306201 0x7500399538
expect 'off: no record' [ "$(lines_of binder_ioctl)" = 0 ]

on binder/binder_ioctl
/request $device 0xc0306201 0x7500399538
cat trace
expect 'on: the record, as Linux prints it' has 'binder_ioctl: cmd=0xc0306201 arg=0x7500399538'
cat trace_pipe > /tmp/pipe &
pipe=$!
/request $device 0xc0306202 0x1
sleep 1
kill $pipe
expect 'trace_pipe shows it' grep -q 'binder_ioctl: cmd=0xc0306202 arg=0x1$' /tmp/pipe

echo > trace
echo 'cmd == 7 && arg > 0x100' > events/binder/binder_ioctl/filter
/request $device 7 0x100
/request $device 7 0x101
/request $device 8 0x101
expect 'a filter by fields' [ "$(lines_of binder_ioctl)" = 1 ]
echo 0 > events/binder/binder_ioctl/filter
off binder/binder_ioctl

on binder/binder_open
/request $device 1 1
expect 'the traced function binder_open' [ "$(lines_of binder_open)" = 1 ]
off binder/binder_open

expect 'perf and BPF count it and read its fields' /observe "$(cat events/binder/binder_ioctl/id)" $device
expect 'rmmod binder' rmmod binder
expect 'its events are gone' [ ! -e events/binder ]

expect 'insmod types.ko' insmod /types.ko
run=/sys/module/types/parameters/run
expect 'off: arguments are not evaluated' sh -c "echo 0 > $run"
on types
echo 1 > $run
cat trace
expect 'no field, no format' has 'types_nothing: ' 'types_marked: marked 100%'
expect 'integers' has 'types_integers: b=1 c=-1 d=255 e=-300 f=65535 g=-70000 h=4000000000 i=-1 j=18446744073709551615 k=-1 l=18446744073709551615 m=12'
expect 'enumerations' has 'types_enumeration: c=RED d=BLUE e=0x5'
expect 'a format with names, text and symbols' has 'types_formatted: GREEN is -4, text 0+ call_from_elsewhere \[types\]'
expect 'widths and precisions' has 'types_widths:    42\|abc \|xy\|!\|3\|0xff'
expect 'pointers and a text that is null' has 'types_pointers: null=\(null\) box=0+ p=0+ table=0+ user=0+'
expect 'names that the macros use' has 'types_names: entry=1 regs=2 head=3 ent=4 trace_file=5 p=6 field=7'
expect 'the GNU spelling; a call through a pointer' has 'types_old_spelling: value=77' 'types_old_spelling: value=78'
expect 'a traced function' has 'types_function: name=name count=500 flag=1'
expect 'events of a header, from another source' has 'types_box: length=21' 'types_guarded: length=21 colour=3'
off types
expect 'rmmod types' rmmod types
