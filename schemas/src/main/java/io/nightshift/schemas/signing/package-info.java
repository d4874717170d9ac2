/** Signatures of what people decide: canonical bytes, Ed25519 keys in files, signing and verification. */
package io.nightshift.schemas.signing;
