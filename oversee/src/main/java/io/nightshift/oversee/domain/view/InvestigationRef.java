package io.nightshift.oversee.domain.view;

import io.nightshift.events.Investigation;
import java.util.List;

/**
 * An investigation by its id, to be asked for in full.
 *
 * @param finishedAt milliseconds since the epoch
 * @param question what a person asked, or null
 */
public record InvestigationRef(String id, long finishedAt, String engine, String question, String sentence) {

    static List<InvestigationRef> of(List<Investigation> investigations) {
        return investigations.stream()
                .map(one -> new InvestigationRef(
                        one.getId(),
                        one.getFinishedAt().toEpochMilli(),
                        Words.of(one.getEngine()),
                        one.getQuestion(),
                        one.getSentence()))
                .toList();
    }
}
