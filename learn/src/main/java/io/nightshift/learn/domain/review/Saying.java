package io.nightshift.learn.domain.review;

import io.nightshift.events.ControlRecord;
import io.nightshift.learn.domain.Words;
import io.nightshift.runtime.text.Markdown;
import java.util.TreeMap;

/** What somebody said, in words in which foreign text stays text. */
final class Saying {

    private Saying() {}

    static String of(Heard heard) {
        ControlRecord control = heard.control();
        StringBuilder told = new StringBuilder();
        told.append(heard.counts() ? "" : "Did not count, because " + heard.refusal() + ": ")
                .append(Markdown.escape(control.getActor()))
                .append(heard.counts() ? " said " : " is named as saying ")
                .append(Words.of(control.getKind()));
        new TreeMap<>(control.getArguments()).forEach((name, value) -> told.append(", ")
                .append(Markdown.escape(name))
                .append(' ')
                .append(Markdown.code(value)));
        if (!control.getReason().isEmpty()) {
            told.append(", reason: ").append(Markdown.code(control.getReason()));
        }
        return told.append('.').toString();
    }
}
