package io.nightshift.investigate.llm;

import io.nightshift.investigate.domain.Diagnosis;

/** The prompt as a model would get it, for tests of other packages. */
public final class PromptView {

    private PromptView() {}

    public static String of(Diagnosis diagnosis, String question) {
        return Prompt.of(diagnosis, question, 150_000, new Exhibits(diagnosis.evidence()));
    }
}
