package io.nightshift.deploy.demo;

import io.nightshift.shop.Shop;
import io.nightshift.shop.keeper.LedgerEntry;
import io.nightshift.shop.keeper.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What people do once a drawn story is over, so that it can be played once more: what is left of the fault is taken away, and so
 * are the decoys. What Nightshift repaired is not repaired again.
 *
 * @param ledger the shop's own, of this story
 */
record Aftermath(Shop shop, Truth truth, List<LedgerEntry> ledger) {

    private static final Duration NEW_CERTIFICATE = Duration.ofDays(90);

    void putInOrder() throws IOException, InterruptedException {
        String service = truth.shortService();
        switch (truth.fault()) {
            case LEAK, BAD_RELEASE -> takeBack(service, truth.version());
            case SLOW -> restartUnlessDone(service + "-1");
            case POOL -> {
                for (Status.InstanceStatus instance : shop.status().instances()) {
                    if (instance.service().equals(service)) {
                        restartUnlessDone(instance.instance());
                    }
                }
            }
            case DISK -> shop.faults().keepJournalsAsBefore(service);
            case CERTIFICATE -> shop.faults().installOldCertificate(NEW_CERTIFICATE);
            case FLAG -> shop.faults().turnOffAll(service);
            case STUBBORN -> shop.faults().withdrawRules(service);
            case EXTERNAL -> shop.acquirer("ok");
            case SURGE -> shop.setRate(Draw.NORMAL_RATE);
        }
        for (Decoy decoy : truth.decoys()) {
            switch (decoy.kind()) {
                case RELEASE -> takeBack(decoy.service(), decoy.version());
                case FLAG -> shop.faults().turnOffAll(decoy.service());
                case LOG_LINES, BATCH -> {} // these end by themselves
            }
        }
    }

    private void takeBack(String service, String version) throws IOException {
        boolean runs = shop.status().services().stream()
                .anyMatch(s -> s.service().equals(service) && s.version().equals(version));
        if (runs) {
            shop.rollBack(service);
        }
    }

    private void restartUnlessDone(String instance) throws IOException {
        boolean done = ledger.stream()
                .anyMatch(entry -> entry.verb().equals("restart")
                        && entry.target().equals(instance)
                        && entry.outcome() == LedgerEntry.Outcome.STARTED);
        if (!done) {
            shop.restart(instance);
        }
    }
}
