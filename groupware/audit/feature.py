from groupware.audit.writing import write_entries
from groupware.kernel.feature import Feature

FEATURE = Feature(name="audit", label="監査", before_commit=(write_entries,))
