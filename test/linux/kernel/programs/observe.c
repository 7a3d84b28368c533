/* observe ID DEVICE: makes three ioctls of the device and looks at the trace
 * event of that number twice: perf counts it, and a BPF program keeps its
 * first field. Without a C library, by Linux's nolibc. */
#include <linux/bpf.h>
#include <linux/perf_event.h>

enum { REQUESTS = 3, CMD = 0x1234 };

static int open_event(unsigned long long id) {
  struct perf_event_attr attr = {
      .type = PERF_TYPE_TRACEPOINT,
      .size = sizeof(attr),
      .config = id,
      .disabled = 1,
  };
  return my_syscall5(__NR_perf_event_open, &attr, 0, -1, -1, 0);
}

static int bpf(int command, union bpf_attr *attr) {
  return my_syscall3(__NR_bpf, command, attr, sizeof(*attr));
}

static int make_map(void) {
  union bpf_attr attr = {
      .map_type = BPF_MAP_TYPE_ARRAY,
      .key_size = 4,
      .value_size = 8,
      .max_entries = 1,
  };
  return bpf(BPF_MAP_CREATE, &attr);
}

/* map[0] += the field behind the event's 8 bytes of header: cmd. What returns 0
 * would keep the event from perf. */
static int load_program(int map) {
  struct bpf_insn program[] = {
      {BPF_LDX | BPF_MEM | BPF_W, BPF_REG_6, BPF_REG_1, 8, 0},
      {BPF_ST | BPF_MEM | BPF_W, BPF_REG_10, 0, -4, 0},
      {BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_2, BPF_REG_10, 0, 0},
      {BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_2, 0, 0, -4},
      {BPF_LD | BPF_DW | BPF_IMM, BPF_REG_1, BPF_PSEUDO_MAP_FD, 0, map},
      {0, 0, 0, 0, 0},
      {BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_map_lookup_elem},
      {BPF_JMP | BPF_JEQ | BPF_K, BPF_REG_0, 0, 1, 0},
      {BPF_STX | BPF_ATOMIC | BPF_DW, BPF_REG_0, BPF_REG_6, 0, BPF_ADD},
      {BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 1},
      {BPF_JMP | BPF_EXIT, 0, 0, 0, 0},
  };
  union bpf_attr attr = {
      .prog_type = BPF_PROG_TYPE_TRACEPOINT,
      .insns = (unsigned long)program,
      .insn_cnt = sizeof(program) / sizeof(program[0]),
      .license = (unsigned long)"GPL",
  };
  return bpf(BPF_PROG_LOAD, &attr);
}

static unsigned long long read_map(int map) {
  int key = 0;
  unsigned long long value = 0;
  union bpf_attr attr = {
      .map_fd = map,
      .key = (unsigned long)&key,
      .value = (unsigned long)&value,
  };
  bpf(BPF_MAP_LOOKUP_ELEM, &attr);
  return value;
}

int main(int argc, char **argv) {
  if (argc != 3)
    return 1;
  int event = open_event(strtoul(argv[1], 0, 0));
  int map = make_map(), program = load_program(map);
  int device = open(argv[2], O_RDWR);
  if (event < 0 || map < 0 || program < 0 || device < 0 ||
      ioctl(event, PERF_EVENT_IOC_SET_BPF, (void *)(long)program) < 0 ||
      ioctl(event, PERF_EVENT_IOC_ENABLE, 0) < 0) {
    printf("observe: event %d, map %d, program %d, device %d\n", event, map,
           program, device);
    return 1;
  }
  for (int i = 0; i < REQUESTS; ++i)
    ioctl(device, CMD, 0);
  unsigned long long count = 0, sum = read_map(map);
  read(event, &count, sizeof(count));
  printf("observe: perf counts %d, BPF adds up 0x%lx\n", (int)count,
         (unsigned long)sum);
  return count != REQUESTS || sum != REQUESTS * CMD;
}
