package io.nightshift.remediate.playbook;

/**
 * A playbook's file as it was found.
 *
 * @param file for messages
 * @param name what its file is called, without ending
 * @param origin {@code shipped}, or the folder that it was found in
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes that are read once and never compared.
record PlaybookText(String file, String name, byte[] bytes, String origin) {

    static final int MAX_BYTES = 64 << 10;
}
