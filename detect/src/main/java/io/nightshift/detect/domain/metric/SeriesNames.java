package io.nightshift.detect.domain.metric;

import io.nightshift.schemas.points.SeriesIdentity;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;

/**
 * One copy of each series' names for all instances that one thread looks after: instances of a service have the same series,
 * and their names take more room than their numbers. It holds weakly what it shares, so that names which no series has any more
 * go with the last of them, and names that were refused never stay. Not safe for several threads.
 */
public final class SeriesNames {

    private final Map<SeriesIdentity, WeakReference<SeriesNature>> natures = new WeakHashMap<>();
    private final Map<String, WeakReference<String>> texts = new WeakHashMap<>();

    /** The nature of such a series when some instance has one; otherwise null. */
    SeriesNature known(SeriesIdentity identity) {
        WeakReference<SeriesNature> known = natures.get(identity);
        return known == null ? null : known.get();
    }

    /** The one nature of such a series. */
    SeriesNature nature(SeriesIdentity identity) {
        SeriesNature known = known(identity);
        if (known == null) {
            known = new SeriesNature(shared(identity));
            natures.put(known.identity(), new WeakReference<>(known));
        }
        return known;
    }

    private SeriesIdentity shared(SeriesIdentity identity) {
        SortedMap<String, String> attributes = new TreeMap<>();
        identity.attributes().forEach((key, value) -> attributes.put(shared(key), shared(value)));
        return new SeriesIdentity(
                shared(identity.name()), shared(identity.unit()), identity.kind(), identity.monotonic(), attributes);
    }

    private String shared(String text) {
        WeakReference<String> reference = texts.get(text);
        String known = reference == null ? null : reference.get();
        if (known == null) {
            known = new String(text); // a literal would be held for ever
            texts.put(known, new WeakReference<>(known));
        }
        return known;
    }
}
