package io.nightshift.remediate.mutation;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A question whose answer is always the same: yes or no, or nothing where it would be an objection.
 *
 * @param method method that asks it, in itself or in a lambda
 * @param asked what is called, as {@code Class.method}
 * @param yes the answer, where it is yes or no
 */
record Answer(String method, String asked, boolean yes) implements Mutation.Muting {

    /** It always answers yes, or that there is nothing. */
    static Answer yes(String method, String asked) {
        return new Answer(method, asked, true);
    }

    static Answer no(String method, String asked) {
        return new Answer(method, asked, false);
    }

    @Override
    public MethodVisitor in(ClassReader original, String name, MethodVisitor to, Runnable found) {
        return name.equals(method) || name.startsWith("lambda$" + method + "$")
                ? new MethodVisitor(Opcodes.ASM9, to) {
                    @Override
                    public void visitMethodInsn(int code, String owner, String name, String type, boolean isInterface) {
                        if (!("/" + owner + "." + name).endsWith("/" + asked)) {
                            super.visitMethodInsn(code, owner, name, type, isInterface);
                            return;
                        }
                        Type[] arguments = Type.getArgumentTypes(type);
                        for (int i = arguments.length - 1; i >= 0; i--) {
                            super.visitInsn(arguments[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
                        }
                        if (code != Opcodes.INVOKESTATIC) {
                            super.visitInsn(Opcodes.POP);
                        }
                        answer(Type.getReturnType(type));
                        found.run();
                    }

                    private void answer(Type type) {
                        String internal = type.getInternalName();
                        if (type.equals(Type.BOOLEAN_TYPE)) {
                            super.visitInsn(yes ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
                        } else if (internal.endsWith("/Look")) {
                            super.visitFieldInsn(Opcodes.GETSTATIC, internal, "FREE", type.getDescriptor());
                        } else {
                            super.visitMethodInsn(
                                    Opcodes.INVOKESTATIC, internal, "empty", "()" + type.getDescriptor(), false);
                        }
                    }
                }
                : to;
    }
}
