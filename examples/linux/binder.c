// A driver for Linux with an event and a traced function. Their attributes are
// all that there is of them; see Makefile and docs/linux.md.
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>

[[trace::point("cmd=0x%x arg=0x%lx")]]
void trace_binder_ioctl(unsigned int cmd, unsigned long arg);

static long binder_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	trace_binder_ioctl(cmd, arg);
	return 0;
}

[[trace::point]]
static int binder_open(struct inode *inode, struct file *file)
{
	return nonseekable_open(inode, file);
}

static const struct file_operations binder_operations = {
	.owner = THIS_MODULE,
	.open = binder_open,
	.unlocked_ioctl = binder_ioctl,
};

static struct miscdevice binder_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "binder",
	.fops = &binder_operations,
};
module_misc_device(binder_device);

MODULE_DESCRIPTION("trace points that the compiler writes");
MODULE_LICENSE("Dual MIT/GPL");
