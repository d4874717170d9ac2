package io.nightshift.oversee.domain.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the newest entries; the one that came first leaves first. */
final class BoundedMap<V> extends LinkedHashMap<String, V> {

    private static final long serialVersionUID = 1L;

    private final int most;

    BoundedMap(int most) {
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
    }
}
