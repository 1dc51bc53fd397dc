"""A process started again whenever it ends, as its service is (deploy/systemd): python -m tests.jobs.again MODULE …"""

import subprocess
import sys

if __name__ == "__main__":
    while True:
        subprocess.run([sys.executable, "-m", *sys.argv[1:]], check=False)
