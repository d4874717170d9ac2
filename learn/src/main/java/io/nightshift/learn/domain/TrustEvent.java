package io.nightshift.learn.domain;

import io.nightshift.events.Experience;
import java.time.Instant;
import java.util.Comparator;

/** What changes trust. */
sealed interface TrustEvent {

    /** A total order, so that every replay folds alike: releases first, then outcomes, then people. */
    Comparator<TrustEvent> BY_TIME = Comparator.comparing(TrustEvent::at)
            .thenComparing(TrustEvent::order)
            .thenComparing(TrustEvent::identity);

    Instant at();

    int order();

    String identity();

    /** A service was released anew. */
    record Released(Release release) implements TrustEvent {
        @Override
        public Instant at() {
            return release.at();
        }

        @Override
        public int order() {
            return 0;
        }

        @Override
        public String identity() {
            return release.service();
        }
    }

    /** An action ended. */
    record Learned(Experience experience) implements TrustEvent {
        @Override
        public Instant at() {
            return experience.getAt();
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public String identity() {
            return experience.getActionId();
        }
    }

    /** A person took back that an action did harm. */
    record TakenBack(Experience experience) implements TrustEvent {
        @Override
        public Instant at() {
            return experience.getTakenBackAt();
        }

        @Override
        public int order() {
            return 2;
        }

        @Override
        public String identity() {
            return experience.getActionId();
        }
    }

    /** A person set the level. */
    record Promoted(Promotion promotion) implements TrustEvent {
        @Override
        public Instant at() {
            return promotion.at();
        }

        @Override
        public int order() {
            return 3;
        }

        @Override
        public String identity() {
            return promotion.controlId();
        }
    }
}
