package io.nightshift.deploy.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * What is really wrong in a random story.
 *
 * @param service the service at fault, {@code environment/namespace/service}
 * @param version of the release at fault; else empty
 * @param number how much of the fault there is, in the unit that it has: seconds, requests a second, articles of a hundred
 * @param atSeconds when it is brought in, after the end of the normal load
 * @param decoys what happens beside it
 */
record Truth(long seed, Fault fault, String service, String version, int number, int atSeconds, List<Decoy> decoys) {

    private static final ObjectMapper JSON = new ObjectMapper();

    String shortService() {
        return service.substring(service.lastIndexOf('/') + 1);
    }

    /** In one line, the same for the same truth. */
    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a truth can be written", e);
        }
    }

    String inWords() {
        String release = version.isEmpty() ? "" : " with its release " + version;
        return fault.word() + " at " + shortService() + release + " (" + fault.cause() + ")";
    }
}
