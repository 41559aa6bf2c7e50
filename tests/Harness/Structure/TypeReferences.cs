using System.Reflection;
using System.Reflection.Emit;

namespace Typed.Tests.Harness.Structure;

/// <summary>The types that a type refers to: in signatures, attributes, constraints and the code of its methods. Constants leave no trace in compiled code.</summary>
public static class TypeReferences
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Each type once, generic ones as definitions; without the types nested in it, which are asked about by themselves.</summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(found, type.BaseType);
        AddAll(found, type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []));
        AddAll(found, type.GetCustomAttributesData().Select(attribute => attribute.AttributeType));
        AddAll(found, type.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()));
        foreach (var field in type.GetFields(All))
        {
            Add(found, field.FieldType);
        }

        foreach (var method in type.GetMembers(All).OfType<MethodBase>())
        {
            AddMethod(found, method);
        }

        return found;
    }

    /// <summary>The type's full name as code writes it.</summary>
    public static string Name(Type type) => (type.FullName ?? type.Name).Replace("+", ".", StringComparison.Ordinal);

    private static void AddMethod(HashSet<Type> found, MethodBase method)
    {
        AddAll(found, method.GetParameters().Select(parameter => parameter.ParameterType));
        Add(found, (method as MethodInfo)?.ReturnType);
        if (method.IsGenericMethod)
        {
            AddAll(found, method.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()));
        }

        if (method.GetMethodBody() is { } body)
        {
            AddAll(found, body.LocalVariables.Select(local => local.LocalType));
            AddAll(found, body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType!));
            AddCode(found, method, body.GetILAsByteArray()!);
        }
    }

    private static void AddCode(HashSet<Type> found, MethodBase method, byte[] code)
    {
        for (var i = 0; i < code.Length;)
        {
            var value = (short)code[i++];
            if (value == 0xFE)
            {
                value = (short)((0xFE << 8) | code[i++]);
            }

            var operand = s_codes[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                AddMember(found, Resolve(method, BitConverter.ToInt32(code, i)));
            }

            i += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
        method.IsGenericMethod ? method.GetGenericArguments() : null);

    private static void AddMember(HashSet<Type> found, MemberInfo? member)
    {
        Add(found, member as Type ?? member?.DeclaringType);
        switch (member)
        {
            case FieldInfo field:
                Add(found, field.FieldType);
                break;
            case MethodBase called:
                AddAll(found, called.GetParameters().Select(parameter => parameter.ParameterType));
                Add(found, (called as MethodInfo)?.ReturnType);
                AddAll(found, called.IsGenericMethod ? called.GetGenericArguments() : []);
                break;
        }
    }

    private static void AddAll(HashSet<Type> found, IEnumerable<Type> types)
    {
        foreach (var type in types)
        {
            Add(found, type);
        }
    }

    private static void Add(HashSet<Type> found, Type? type)
    {
        while (type?.HasElementType == true)
        {
            type = type.GetElementType();
        }

        if (type is null or { IsGenericParameter: true })
        {
            return;
        }

        if (type is { IsGenericType: true, IsGenericTypeDefinition: false })
        {
            AddAll(found, type.GetGenericArguments());
            type = type.GetGenericTypeDefinition();
        }

        found.Add(type);
    }
}
