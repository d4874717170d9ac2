package io.nightshift.shop;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a shop process can be. */
public enum Role {
    GATEWAY("5.1.0", 40, 128),
    ORDERS("3.7.2", 40, 64),
    INVENTORY("2.3.1", 48, 32),
    STORE("1.4.0", 32, 32),
    PAYMENTS("1.8.2", 32, 32);

    private final String firstVersion;
    private final int heapMegabytes;
    private final int threads;

    Role(String firstVersion, int heapMegabytes, int threads) {
        this.firstVersion = firstVersion;
        this.heapMegabytes = heapMegabytes;
        this.threads = threads;
    }

    public static Optional<Role> ofService(String service) {
        return Arrays.stream(values()).filter(r -> r.service().equals(service)).findFirst();
    }

    public String service() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The release that the shop starts with. */
    public String firstVersion() {
        return firstVersion;
    }

    /** The heap of one process of this role, in MiB. */
    public int heapMegabytes() {
        return heapMegabytes;
    }

    /** Requests a second that one instance gets when so many enter the shop; one in five places an order and pays. */
    public double requestsOf(double entering, Fleet fleet) {
        double all = this == PAYMENTS ? entering / 5 : entering;
        return all / fleet.of(this).size();
    }

    /** The most requests that one process works on at a time. */
    public int threads() {
        return threads;
    }
}
