using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Parsing;

/// <summary>Questions about symbols that several parsers ask.</summary>
internal static class Symbols
{
    /// <summary>The keys that the assemblies of .NET are signed with.</summary>
    private static readonly string[] s_frameworkKeys = ["b03f5f7f11d50a3a", "b77a5c561934e089", "cc7b13ffcd2ddd51", "7cec85d7bea7798e", "adb9793829ddae60"];

    /// <summary>The type's name in code, valid anywhere.</summary>
    public static string FullName(this ITypeSymbol type) => type.InCode(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The symbol as code. Roslyn escapes keywords, but not the words that are keywords in some places only, such as <c>partial</c>.</summary>
    public static string InCode(this ISymbol symbol, SymbolDisplayFormat format) => string.Concat(symbol.ToDisplayParts(format).Select(part =>
        part.Kind is SymbolDisplayPartKind.Keyword or SymbolDisplayPartKind.Punctuation or SymbolDisplayPartKind.Space ? part.ToString()
            : CSharp.Identifier(part.ToString())));

    /// <summary>Whether the type is, or is made of, one that does not exist: the compiler says so, and emitted code would only repeat it.</summary>
    public static bool HasError(this ITypeSymbol type) => type.Has(part => part.TypeKind == TypeKind.Error);

    /// <summary>Whether the member has a name that no other has. While code is typed there are others, which the compiler reports.</summary>
    public static bool IsClear(this ISymbol member) => member.Name.Length > 0 && member.ContainingType.GetMembers(member.Name).Length == 1;

    /// <summary>
    /// Whether the generator added the symbol, all parts of it: analyzers see what it emitted beside what is the user's. Members from the schema file count as
    /// the user's, since the generator reads them back.
    /// </summary>
    public static bool IsEmitted(this ISymbol symbol) =>
        !symbol.DeclaringSyntaxReferences.IsEmpty && symbol.DeclaringSyntaxReferences.All(part =>
            part.SyntaxTree.FilePath.Contains(KnownNames.Generator) && !part.SyntaxTree.FilePath.Contains(SchemaMembers.File));

    /// <summary>The type of a property, field or parameter.</summary>
    public static ITypeSymbol MemberType(this ISymbol member) => member switch
    {
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        _ => ((IParameterSymbol)member).Type,
    };

    /// <summary>Whether only unsafe code may speak of the type.</summary>
    public static bool HasPointer(this ITypeSymbol type) => type.Has(part => part.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer);

    private static bool Has(this ITypeSymbol type, Func<ITypeSymbol, bool> part) => part(type) || type switch
    {
        IArrayTypeSymbol array => array.ElementType.Has(part),
        INamedTypeSymbol named => named.AllTypeArguments().Any(argument => argument.Has(part)),
        _ => false,
    };

    /// <summary>Namespace and metadata name, containers with <c>+</c>: the type's identity as text.</summary>
    public static string MetadataFullName(this ITypeSymbol type)
    {
        var name = type.MetadataName;
        for (var container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            name = container.MetadataName + "+" + name;
        }

        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            name = space.Name + "." + name;
        }

        return name;
    }

    /// <summary>Whether the type comes with .NET. A user's own namespace <c>System</c> does not count, nor an assembly of such a name.</summary>
    public static bool IsFramework(this ITypeSymbol type) =>
        type.SpecialType != SpecialType.None
        || (type.ContainingAssembly?.Identity is { } assembly
            && (assembly.Name is "mscorlib" or "netstandard" || assembly.Name.StartsWith("System.", StringComparison.Ordinal))
            && Array.IndexOf(s_frameworkKeys, string.Concat(assembly.PublicKeyToken.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)))) >= 0);

    /// <summary>Whether the attribute is of the class of that full name.</summary>
    /// <remarks>Asked of every attribute at every keystroke: the short name answers nearly always, and display strings are dear.</remarks>
    public static bool Is(this AttributeData attribute, string fullName) =>
        attribute.AttributeClass is { } type && fullName.EndsWith(type.Name, StringComparison.Ordinal)
            && string.Equals(type.MetadataFullName(), fullName, StringComparison.Ordinal);

    /// <summary>The attribute as users write it.</summary>
    public static string ShortName(this AttributeData attribute)
    {
        const string Suffix = "Attribute";
        var name = attribute.AttributeClass!.Name;
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    /// <summary>The first attribute of the class of that full name, or null.</summary>
    public static AttributeData? Attribute(this ISymbol symbol, string fullName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.Is(fullName))
            {
                return attribute;
            }
        }

        return null;
    }

    public static bool Has(this ISymbol symbol, string attribute) => symbol.Attribute(attribute) is not null;

    /// <summary>A named argument of an attribute, or its default.</summary>
    public static T? Argument<T>(this AttributeData attribute, string name) =>
        AttributeArguments.Value(attribute, name).Value is T value ? value : default;

    /// <summary>The member of an enum that a named argument names; null: the argument is not there or names none.</summary>
    public static string? EnumArgument(this AttributeData attribute, string name)
    {
        var argument = AttributeArguments.Value(attribute, name);
        return argument.Type?.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, argument.Value))?.Name;
    }

    /// <summary>All type parameters in scope, the outermost container's first.</summary>
    public static IEnumerable<ITypeParameterSymbol> AllTypeParameters(this INamedTypeSymbol type) =>
        (type.ContainingType?.AllTypeParameters() ?? []).Concat(type.TypeParameters);

    public static IEnumerable<ITypeSymbol> AllTypeArguments(this INamedTypeSymbol type) =>
        (type.ContainingType?.AllTypeArguments() ?? []).Concat(type.TypeArguments);

    /// <summary>Whether members can be added to the type in another file; what contains it may stand in the way.</summary>
    public static bool IsPartial(this INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(
        reference => reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
