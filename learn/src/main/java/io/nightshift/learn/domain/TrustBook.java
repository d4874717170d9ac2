package io.nightshift.learn.domain;

import io.nightshift.events.Experience;
import io.nightshift.events.Trust;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Makes trust of the experiences, promotions and releases it rests on: a function of their set, folded in the order of their
 * times, so that restarts, replays and what was unlearned leave the same.
 */
public final class TrustBook {

    private final TrustSettings settings;

    public TrustBook(TrustSettings settings) {
        this.settings = settings;
    }

    /**
     * @param experiences of one {@link io.nightshift.schemas.trust.TrustKey}, at most one for each action
     * @param promotions of that key, signed by people
     * @param releases of the services among them, and any others
     * @return empty without any experience: then there is nothing to trust
     */
    public Optional<Trust> of(
            Collection<Experience> experiences, Collection<Promotion> promotions, Collection<Release> releases) {
        if (experiences.isEmpty()) {
            return Optional.empty();
        }
        List<TrustEvent> events = new ArrayList<>();
        experiences.forEach(experience -> events.add(new TrustEvent.Learned(experience)));
        experiences.stream()
                .filter(experience -> experience.getTakenBackAt() != null)
                .forEach(experience -> events.add(new TrustEvent.TakenBack(experience)));
        promotions.forEach(promotion -> events.add(new TrustEvent.Promoted(promotion)));
        releases.forEach(release -> events.add(new TrustEvent.Released(release)));
        events.sort(TrustEvent.BY_TIME);
        TrustLedger ledger = new TrustLedger(settings);
        events.forEach(ledger::accept);
        return Optional.of(ledger.trust(experiences));
    }
}
