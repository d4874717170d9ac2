package io.nightshift.remediate.domain;

/** Makes a policy of text. */
public interface PolicyReader {

    /**
     * @param name for messages
     * @throws PolicyException when the text is not a sound policy; the message says where and why
     */
    PolicyJudge read(String name, String text);
}
