namespace Typed.Generator.Model;

/// <summary>The type that carries an attribute, with all that a partial declaration of it has to repeat.</summary>
/// <param name="Namespace">Its namespace, keywords escaped; empty: the global one.</param>
/// <param name="Headers">Declarations from the outermost container to the type itself, such as <c>partial record struct Point&lt;T&gt;</c>.</param>
/// <param name="Name">Its simple name.</param>
/// <param name="FullName">Its name in code anywhere, with its own type parameters.</param>
/// <param name="MetadataName">Its full metadata name: containers with <c>+</c>, type parameters counted.</param>
/// <param name="IsValueType">Whether it is a struct.</param>
/// <param name="Suppressions">Ids of warnings that its users get, because it or what it is made of is obsolete or experimental.</param>
internal sealed record DeclaredType(
    string Namespace, EquatableArray<string> Headers, string Name, string FullName, string MetadataName, bool IsValueType, EquatableArray<string> Suppressions);
