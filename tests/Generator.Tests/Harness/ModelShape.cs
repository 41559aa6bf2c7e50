using System.Reflection;
using System.Runtime.CompilerServices;

namespace Typed.Generator.Tests.Harness;

/// <summary>
/// The law of the model: plain values, equal when they say the same. A Roslyn type in it keeps whole compilations alive;
/// a list that compares by reference makes every keystroke a change.
/// </summary>
internal static class ModelShape
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Each break of the law in that namespace and those below, as a sentence; none when it holds.</summary>
    public static IReadOnlyList<string> Failures(Assembly assembly, string @namespace) =>
        [.. Types(assembly, @namespace).SelectMany(Failures).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Each break of the law in those types and in all that they hold, wherever it lives; that is what a model of linked sources is made of.</summary>
    public static IReadOnlyList<string> Failures(IEnumerable<Type> roots) =>
        [.. Reachable(roots).SelectMany(Failures).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The types of our own that those hold: as fields, elements or type arguments.</summary>
    public static IReadOnlyCollection<Type> Reachable(IEnumerable<Type> roots)
    {
        var seen = new HashSet<Type>();
        var open = new Stack<Type>(roots);
        while (open.TryPop(out var type))
        {
            if (seen.Add(type))
            {
                Type[] parts = [.. type.GetGenericArguments(), .. type.HasElementType ? [type.GetElementType()!] : Type.EmptyTypes, .. IsOurs(type) ? Fields(type).Select(field => field.FieldType) : []];
                Array.ForEach(parts, open.Push);
            }
        }

        return [.. seen.Where(type => IsOurs(type) && !type.IsEnum && !type.IsInterface && !type.IsArray)];
    }

    /// <summary>The types under the law. A test asserts that there are any.</summary>
    public static IReadOnlyList<Type> Types(Assembly assembly, string @namespace) =>
    [
        .. assembly.GetTypes().Where(type =>
            (string.Equals(type.Namespace, @namespace, StringComparison.Ordinal) || type.Namespace?.StartsWith(@namespace + ".", StringComparison.Ordinal) == true)
            && !type.IsEnum && !type.IsInterface
            && !(type.IsAbstract && type.IsSealed) // static
            && !type.IsNestedPrivate && !type.IsDefined(typeof(CompilerGeneratedAttribute))),
    ];

    private static List<string> Failures(Type type)
    {
        var failures = new List<string>();
        Visit(type, Name(type), failures, []);
        if (!type.IsValueType && !IsRecord(type))
        {
            failures.Add($"{Name(type)} is neither a record nor a struct");
        }

        if (!IsEquatable(type))
        {
            failures.Add($"{Name(type)} has no equality of its own");
        }
        else if (IsEqualByMembers(type))
        {
            failures.AddRange(Fields(type).Where(field => !ComparesByValue(field.FieldType))
                .Select(field => $"{Name(type)}.{Member(field)} compares by reference: {Name(field.FieldType)}"));
        }

        return failures;
    }

    /// <summary>Follows fields, properties, type arguments, elements and bases to where the framework begins.</summary>
    private static void Visit(Type type, string path, List<string> failures, HashSet<Type> seen)
    {
        if (!seen.Add(type) || type.IsGenericParameter)
        {
            return;
        }

        if (type.FullName?.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal) == true)
        {
            failures.Add($"{path} holds {Name(type)}");
            return;
        }

        foreach (var part in type.GetGenericArguments().Append(type.HasElementType ? type.GetElementType()! : typeof(object)))
        {
            Visit(part, path, failures, seen);
        }

        if (type.Assembly == typeof(object).Assembly || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
        {
            return;
        }

        Visit(type.BaseType ?? typeof(object), path, failures, seen);
        foreach (var field in Fields(type))
        {
            Visit(field.FieldType, $"{path}.{Member(field)}", failures, seen);
        }

        // A computed property hands out what it returns as well.
        foreach (var property in type.GetProperties(Instance))
        {
            Visit(property.PropertyType, $"{path}.{property.Name}", failures, seen);
        }
    }

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Typed.", StringComparison.Ordinal) == true && !type.IsGenericParameter;

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsEquatable(Type type) =>
        type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEquatable<>) && face.GetGenericArguments()[0] == type);

    /// <summary>Whether the compiler wrote the equality, which then compares member by member.</summary>
    private static bool IsEqualByMembers(Type type) => type.GetMethods(Instance).Any(method =>
        method.Name is nameof(Equals) && method.GetParameters() is [var other] && other.ParameterType == type && method.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static bool ComparesByValue(Type type) =>
        type.IsEnum || type.IsGenericParameter
        || (Nullable.GetUnderlyingType(type) is { } underlying ? ComparesByValue(underlying)
            : IsEquatable(type) && type.Name is not "ImmutableArray`1" && type.GetGenericArguments().All(ComparesByValue)); // equal only when it is the same array

    private static FieldInfo[] Fields(Type type) => type.GetFields(Instance);

    private static string Member(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
