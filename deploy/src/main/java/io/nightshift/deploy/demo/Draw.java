package io.nightshift.deploy.demo;

import io.nightshift.shop.Role;
import io.nightshift.shop.Shop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Draws a story from a seed: fault, service, extent, time and decoys. Any ten seeds from a multiple of ten on hold each fault
 * once, in an order of their own, so that twenty stories are no lottery of which faults are tried.
 */
final class Draw {

    private static final int LATEST_FAULT = 20;
    private static final int DECOYS_AROUND = 25;
    /** Requests a second of the normal load. */
    static final double NORMAL_RATE = 25;
    /** Those whose releases cost no request. */
    private static final List<Role> DEPLOYABLE = List.of(Role.ORDERS, Role.PAYMENTS, Role.INVENTORY);

    private final long seed;
    private final Random random;

    private Draw(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    }

    /** @param fault the kind to play; empty when that is drawn as well */
    static Truth from(long seed, Optional<Fault> fault) {
        return new Draw(seed).truth(fault.orElseGet(() -> drawn(seed)));
    }

    private static Fault drawn(long seed) {
        List<Fault> order = new ArrayList<>(List.of(Fault.values()));
        Collections.shuffle(order, new Random(Math.floorDiv(seed, order.size()) * 31L + 7));
        return order.get(Math.floorMod(seed, order.size()));
    }

    private Truth truth(Fault fault) {
        String service = fault.services().get(random.nextInt(fault.services().size()));
        boolean byRelease = fault == Fault.LEAK || fault == Fault.BAD_RELEASE;
        int at = random.nextInt(LATEST_FAULT + 1);
        return new Truth(
                seed,
                fault,
                "demo/shop/" + service,
                byRelease ? nextVersion(role(service)) : "",
                extent(fault),
                at,
                decoys(service, at));
    }

    private int extent(Fault fault) {
        return switch (fault) {
            case LEAK -> between(75, 90);
            case BAD_RELEASE -> between(20, 45);
            case POOL -> between(45, 75);
            // a volume that is full after three minutes, or one that can be foretold
            case DISK -> random.nextBoolean() ? between(170, 230) : between(600, 660);
            case CERTIFICATE -> between(150, 240);
            // a busy core, and another one that is left to everybody else on the machine
            case STUBBORN -> between(3, 4);
            case EXTERNAL -> random.nextInt(2);
            case SURGE -> (int) (NORMAL_RATE * between(3, 4));
            case SLOW, FLAG -> 0;
        };
    }

    private List<Decoy> decoys(String faulty, int faultAt) {
        List<Role> others = DEPLOYABLE.stream()
                .filter(role -> !role.service().equals(faulty))
                .toList();
        List<Decoy.Kind> kinds = new ArrayList<>(List.of(Decoy.Kind.values()));
        Collections.shuffle(kinds, random);
        List<Decoy> decoys = new ArrayList<>();
        for (Decoy.Kind kind : kinds.subList(0, between(1, 2))) {
            Role where = others.get(random.nextInt(others.size()));
            int at = Math.max(0, faultAt + between(-DECOYS_AROUND, DECOYS_AROUND));
            decoys.add(
                    switch (kind) {
                        case RELEASE -> new Decoy(kind, where.service(), at, nextVersion(where));
                        case LOG_LINES -> new Decoy(kind, Role.PAYMENTS.service(), at, "");
                        case FLAG, BATCH -> new Decoy(kind, where.service(), at, "");
                    });
        }
        decoys.sort(Comparator.comparingInt(Decoy::atSeconds));
        return decoys;
    }

    /** The next patch or the next minor release, but not the one that the story of the leak has built already. */
    private String nextVersion(Role role) {
        String[] parts = role.firstVersion().split("\\.");
        int minor = Integer.parseInt(parts[1]);
        int patch = Integer.parseInt(parts[2]);
        String nextPatch = parts[0] + "." + minor + "." + (patch + 1);
        String nextMinor = parts[0] + "." + (minor + 1) + ".0";
        return random.nextBoolean() || nextMinor.equals(Shop.LEAKING_INVENTORY) ? nextPatch : nextMinor;
    }

    private static Role role(String service) {
        return Role.ofService(service).orElseThrow();
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
