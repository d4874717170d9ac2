package io.nightshift.investigate.recall;

import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sentence model all-MiniLM-L6-v2, quantised, in this process and offline. Loaded when first asked, for that takes seconds
 * and memory that an installation without lessons need not spend; tried once only.
 */
final class SentenceModel implements Meaning {

    private static final Logger LOG = LoggerFactory.getLogger(SentenceModel.class);

    private final Supplier<EmbeddingModel> loader;
    private volatile EmbeddingModel model;
    private volatile String trouble = "";

    /** @param loader makes the model; what it throws is the reason that there is none */
    SentenceModel(Supplier<EmbeddingModel> loader) {
        this.loader = loader;
    }

    @Override
    public Optional<float[]> of(String text) {
        try {
            return loaded().map(ready -> ready.embed(text).content().vector());
        } catch (RuntimeException e) {
            LOG.warn("a text has no meaning for the sentence model: {}", e.toString());
            return Optional.empty();
        }
    }

    @Override
    public boolean isReady() {
        return model != null;
    }

    @Override
    public String trouble() {
        return trouble;
    }

    private synchronized Optional<EmbeddingModel> loaded() {
        if (model == null && trouble.isEmpty()) {
            long begin = System.nanoTime();
            try {
                model = loader.get();
                LOG.info("loaded the sentence model in {} ms", (System.nanoTime() - begin) / 1_000_000);
            } catch (RuntimeException | LinkageError e) { // native code is loaded: a platform may lack it
                trouble = "the sentence model can't be loaded (" + e + ")";
                LOG.warn("{}; lessons are recalled by fingerprint alone", trouble);
            }
        }
        return Optional.ofNullable(model);
    }
}
