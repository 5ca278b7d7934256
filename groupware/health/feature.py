from groupware.health.views import blueprint
from groupware.kernel.feature import Feature
from groupware.kernel.permissions import PUBLIC

FEATURE = Feature(name="health", label="稼働", blueprint=blueprint,
                  access={"health.alive": PUBLIC, "health.ready": PUBLIC, "health.metrics": PUBLIC})
