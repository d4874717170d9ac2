package io.nightshift.learn;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.learn.domain.Dossiers;
import io.nightshift.learn.domain.TrustBook;
import io.nightshift.learn.topology.LearnTopology;
import io.nightshift.learn.topology.Tallies;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.inventory.ServiceClasses;
import io.nightshift.runtime.stream.StreamStage;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What learn runs: one topology. */
public final class LearnStages {

    private LearnStages() {}

    /**
     * Reads all that the settings name and starts nothing.
     *
     * @param folder the stage's own
     * @throws io.nightshift.runtime.config.ConfigException naming the place and the remedy
     */
    public static void check(ConfigNode config, Path folder) {
        trustedKeys(config, LearnSettings.from(config), folder);
    }

    public static List<Stage> of(StageContext context) {
        LearnSettings settings = LearnSettings.from(context.config());
        TrustedKeys keys = trustedKeys(context.config(), settings, context.folder());
        Dossiers dossiers = new Dossiers(new ServiceClasses(context.inventory()));
        TrustBook trust = new TrustBook(settings.trust());
        Tallies tallies = tallies(context.meters());
        return List.of(StreamStage.builder(context, "learn")
                .build(streams -> LearnTopology.build(streams, context.topics(), keys, dossiers, trust, tallies)));
    }

    /** Whose word counts: those whom remediate trusts, unless others are named. */
    private static TrustedKeys trustedKeys(ConfigNode config, LearnSettings settings, Path folder) {
        Path keys =
                settings.trustedKeys().orElse(folder.resolveSibling("remediate").resolve("trusted"));
        try {
            return TrustedKeys.read(keys);
        } catch (IOException e) {
            if (settings.trustedKeys().isEmpty() && e instanceof NoSuchFileException) {
                return TrustedKeys.none(); // Nobody can approve anything either.
            }
            throw config.error("the trusted keys can't be read: " + e.getMessage()
                    + "; correct learn.trustedKeys, a .pub file or a folder of them");
        }
    }

    private static Tallies tallies(MeterRegistry meters) {
        AtomicInteger repeated = new AtomicInteger();
        Gauge.builder("nightshift.learn.same.mistake.twice", repeated, AtomicInteger::get)
                .description("Times that policy alone let through what had ended badly before; the target is 0")
                .register(meters);
        return new Tallies() {
            @Override
            public void count(String what) {
                meters.counter("nightshift.learn", "what", what).increment();
            }

            @Override
            public void repeated(int more) {
                repeated.addAndGet(more);
            }
        };
    }
}
