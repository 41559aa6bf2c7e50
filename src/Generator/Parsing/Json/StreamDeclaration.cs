using Microsoft.CodeAnalysis;
using Typed.Generator.Analysis.Streams;
using Typed.Generator.Model;
using Typed.Generator.Model.Json;

namespace Typed.Generator.Parsing.Json;

/// <summary>What an <c>[EventStream]</c> itself says. Read once for both sides: the generator takes the answer, an analyzer the problems. What is broken gives way to the default.</summary>
internal sealed record StreamDeclaration(string Name, long? RetainTicks, string Naming, string Format, bool Follow, TimeModel? Time, StreamNames Names)
{
    /// <summary>The declaration; null where nothing can be emitted for the type.</summary>
    public static StreamDeclaration? Parse(DeclaredSymbol declared)
    {
        var isPossible = StreamShell.Check(declared);
        var declaration = new StreamDeclaration(
            NameOf(declared),
            Retain(declared),
            NamingOf(declared),
            Choice(declared, "Body", "Jsonb"),
            declared.Attribute.Argument<bool>("Follow"),
            TimeOf(declared),
            NamesOf(declared));
        return isPossible ? declaration : null;
    }

    /// <summary>How members are named in JSON.</summary>
    public static string NamingOf(DeclaredSymbol declared) => Choice(declared, "Naming", "CamelCase");

    private static string NameOf(DeclaredSymbol declared)
    {
        var name = StreamName.Of(declared.Type, declared.Attribute);
        if (StreamName.IsValid(name))
        {
            return name;
        }

        declared.Report(StreamRules.Name, Place(declared, "Name"), name);
        return StreamName.Default(declared.Type.Name);
    }

    private static long? Retain(DeclaredSymbol declared)
    {
        if (declared.Attribute.Argument<string>("Retain") is not { } text)
        {
            return null;
        }

        if (RetainText.TryParse(text, out var ticks))
        {
            return ticks;
        }

        declared.Report(StreamRules.Retain, Place(declared, "Retain"), text);
        return null;
    }

    /// <summary>The member of an enum that an argument names.</summary>
    private static string Choice(DeclaredSymbol declared, string argument, string otherwise)
    {
        if (declared.Attribute.EnumArgument(argument) is { } name)
        {
            return name;
        }

        if (AttributeArguments.Value(declared.Attribute, argument) is { Kind: TypedConstantKind.Enum, Type: { } type, Value: { } number })
        {
            var names = string.Join(", ", type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => field.Name));
            declared.Report(StreamRules.UnknownChoice, Place(declared, argument), number, type.Name, names);
        }

        return otherwise;
    }

    private static TimeModel? TimeOf(DeclaredSymbol declared)
    {
        var members = SeriesMembers.With(declared, KnownNames.EventTime, (member, obstacle) => Report(declared, declared.Place, member.ToDisplayString(), obstacle)).ToArray();
        foreach (var extra in members.Skip(1))
        {
            Report(declared, Places.Of(extra.Symbol, declared.Type), extra.Symbol.Name, $"{members[0].Symbol.Name} already does; keep one");
        }

        if (members.FirstOrDefault() is not { } member || !member.Symbol.IsClear())
        {
            return null;
        }

        var time = StoredTypeParser.Time(member.Symbol.Name, member.Type);
        if (time is null && !member.Type.HasError())
        {
            Report(declared, Places.Of(member.Symbol, declared.Type), member.Symbol.Name, $"it is a {member.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}, not a DateTimeOffset or DateTime");
        }

        return time;
    }

    private static StreamNames NamesOf(DeclaredSymbol declared)
    {
        var type = declared.Type;
        var names = EmittedStreamNames.Of(type);
        if (EmittedStreamNames.FindTaken(type, EmittedStreamNames.Entry) is { } taken)
        {
            declared.Report(StreamRules.EntryName, Places.Of(taken, type), type.Name, names.Entry);
        }

        return names;
    }

    private static void Report(DeclaredSymbol declared, Location? place, string member, string reason) => declared.Report(StreamRules.Time, place, member, reason);

    private static Location? Place(DeclaredSymbol declared, string argument) =>
        AttributeArguments.Value(declared.Attribute, argument).Kind == TypedConstantKind.Error ? declared.Place : AttributeArguments.Location(declared.Attribute, argument);
}
