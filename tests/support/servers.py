"""Starting name servers on loopback in a temporary folder, and stopping them by their process."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from dns_wire import Client


_started = []


def start(command, **options):
    """Starts a process that does not outlive this one."""
    if not _started:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        atexit.register(lambda: [process.kill() for process in _started if process.poll() is None])
    _started.append(subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
                                     **options))
    return _started[-1]


def find(program):
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def free_port():
    """A port that is free for UDP and TCP just now."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket() as tcp:
            udp.bind(("127.0.0.1", 0))
            try:
                tcp.bind(("127.0.0.1", udp.getsockname()[1]))
                return udp.getsockname()[1]
            except OSError:
                continue


class Server:
    """A server's process, its port and its log."""

    def __init__(self, name, command, folder, port):
        self.name, self.port, self.log = name, port, Path(folder) / f"{name}.log"
        with open(self.log, "w") as log:
            self.process = start(command, stdout=log, stderr=log, cwd=folder)

    def wait(self, question, seconds=20):
        """Waits for an answer to the question that is no error; None, or why there is none."""
        end = time.monotonic() + seconds
        client = Client(self.port, timeout=0.2)
        try:
            while time.monotonic() < end:
                if self.process.poll() is not None:
                    return f"{self.name} ended with {self.process.returncode}\n{self.told()}"
                try:
                    if client.ask(*question).rcode in (0, 3):
                        return None
                except OSError:
                    pass
                time.sleep(0.05)
        finally:
            client.close()
        return f"{self.name} does not answer\n{self.told()}"

    def told(self):
        return "\n".join(self.log.read_text(errors="replace").rstrip().split("\n")[-20:])

    def stop(self, seconds=10):
        """Ends the process; its exit code, or None if it had to be killed."""
        self.process.terminate()
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None


def write(path, text):
    path.write_text(text)
    return path


def knot(folder, port, zones, minimal=True):
    """It has no other form than the minimal one."""
    home = folder / "knot"
    home.mkdir()
    entries = "".join(f"  - domain: \"{name}\"\n    file: {path}\n" for name, path in zones)
    conf = write(home / "conf", f"""server:
    rundir: {home}
    listen: 127.0.0.1@{port}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
    udp-max-payload: 4096
database:
    storage: {home}
template:
  - id: default
    zonefile-sync: -1
    journal-content: none
    semantic-checks: off
zone:
{entries}""")
    return [find("knotd"), "-c", conf]


def nsd(folder, port, zones, minimal=True):
    home = folder / "nsd"
    home.mkdir()
    entries = "".join(f"zone:\n    name: \"{name}\"\n    zonefile: {path}\n" for name, path in zones)
    conf = write(home / "conf", f"""server:
    server-count: 1
    ip-address: 127.0.0.1@{port}
    username: ""
    database: ""
    zonesdir: "{home}"
    pidfile: "{home}/pid"
    xfrdfile: "{home}/xfrd"
    zonelistfile: "{home}/zonelist"
    xfrdir: "{home}"
    minimal-responses: {'yes' if minimal else 'no'}
    ipv4-edns-size: 4096
    rrl-ratelimit: 0
    rrl-whitelist-ratelimit: 0
remote-control:
    control-enable: no
{entries}""")
    return [find("nsd"), "-d", "-c", conf]


def bind9(folder, port, zones, minimal=True):
    home = folder / "bind9"
    home.mkdir()
    entries = "".join(f"zone \"{name}\" {{ type primary; file \"{path}\"; }};\n"
                      for name, path in zones)
    conf = write(home / "conf", f"""options {{
    directory "{home}"; listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};
    recursion no; pid-file "{home}/pid"; session-keyfile "{home}/key"; managed-keys-directory "{home}";
    minimal-responses {'yes' if minimal else 'no'}; max-udp-size 4096; notify no; check-integrity no; check-names primary ignore;
    check-mx ignore; check-mx-cname ignore; check-srv-cname ignore; check-sibling no;
    check-wildcard no; empty-zones-enable no; zero-no-soa-ttl no; dnssec-validation no; answer-cookie no;
}};
controls {{ }};
{entries}""")
    return [find("named"), "-g", "-n", "1", "-U", "1", "-c", conf]


REFERENCES = {"knot": ("knotd", knot), "nsd": ("nsd", nsd), "bind9": ("named", bind9)}
