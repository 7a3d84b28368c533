"""Processes whose events are switched from outside."""

import contextlib
import signal
import subprocess


class Target:
    """A process that runs a site of e0 in a thread (toggle/wait.cpp), in the `with`
    blocks of running(); stopped else, so that the processors are free for others."""

    def __init__(self, program, stack):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)  # of an event that is on
        stack.callback(self.end)
        self.process.stdout.read(1)
        self.process.send_signal(signal.SIGSTOP)

    @contextlib.contextmanager
    def running(self):
        self.process.send_signal(signal.SIGCONT)
        yield
        self.process.send_signal(signal.SIGSTOP)

    def end(self):
        self.process.send_signal(signal.SIGCONT)
        self.process.communicate()
