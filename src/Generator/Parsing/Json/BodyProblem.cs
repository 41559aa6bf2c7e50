using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing.Json;

/// <summary>What is wrong with a declaration; the analyzers' rules under another name, so that parsing knows no rule.</summary>
internal enum BodyProblemKind
{
    UnsupportedType,
    DuplicateName,
    Constructor,
    Attribute,
    ExtensionData,
    EnumName,
    NotQueryable,
}

/// <summary>A problem and the symbol that has it; the generator leaves that part out, an analyzer reports it.</summary>
internal sealed class BodyProblem(BodyProblemKind kind, ISymbol symbol, params string[] arguments)
{
    public BodyProblemKind Kind { get; } = kind;

    public ISymbol Symbol { get; } = symbol;

    public string[] Arguments { get; } = arguments;
}
