/* request DEVICE CMD ARG: one ioctl. Without a C library, by Linux's nolibc. */
int main(int argc, char **argv) {
  int fd = argc == 4 ? open(argv[1], O_RDWR) : -1;
  if (fd < 0)
    return 1;
  return ioctl(fd, strtoul(argv[2], 0, 0), (void *)strtoul(argv[3], 0, 0)) < 0;
}
