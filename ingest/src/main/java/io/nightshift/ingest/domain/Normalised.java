package io.nightshift.ingest.domain;

import java.util.ArrayList;
import java.util.List;

/** What became of a request: records to publish, records to set aside with their bytes, and what was left out and why. */
public final class Normalised<B> {
    private final List<Parcel<B>> parcels = new ArrayList<>();
    private final List<Parcel<B>> quarantined = new ArrayList<>();
    private final Tally drops = new Tally();

    public List<Parcel<B>> parcels() {
        return parcels;
    }

    /** Records whose events lie too far in the future. */
    public List<Parcel<B>> quarantined() {
        return quarantined;
    }

    public Tally drops() {
        return drops;
    }

    /** All items that were handed in. */
    public int accepted() {
        return items(parcels) + items(quarantined) + drops.total();
    }

    static int items(List<? extends Parcel<?>> parcels) {
        return parcels.stream().mapToInt(Parcel::items).sum();
    }
}
