from groupware.kernel.feature import Feature
from groupware.running.console import install_console

FEATURE = Feature(name="running", label="運転", install=install_console)
