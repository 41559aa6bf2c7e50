using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;
using Typed.Generator.Rules;
using Typed.Time;

namespace Typed.Generator.Parsing.Streams;

/// <summary>What an <c>[EventStream]</c> itself says. The generator takes the declaration, an analyzer the problems; a broken part has its default.</summary>
internal sealed record StreamDeclaration(string Name, long? RetainTicks, string Naming, string Format, bool Follow, TimeModel? Time, StreamNames Names)
{
    /// <summary>The declaration; null where nothing can be emitted for the type.</summary>
    public static StreamDeclaration? Parse(DeclaredSymbol declared)
    {
        var isPossible = StreamTypeCheck.Check(declared);
        var declaration = new StreamDeclaration(
            ReadName(declared),
            ReadRetain(declared),
            ReadNaming(declared),
            ReadChoice(declared, "Body", "Jsonb"),
            declared.Attribute.Argument<bool>("Follow"),
            ReadTime(declared),
            ChooseNames(declared));
        return isPossible ? declaration : null;
    }

    /// <summary>How members are named in JSON.</summary>
    public static string ReadNaming(DeclaredSymbol declared) => ReadChoice(declared, "Naming", "CamelCase");

    private static string ReadName(DeclaredSymbol declared)
    {
        var name = StreamName.Read(declared.Type, declared.Attribute);
        if (StreamName.IsValid(name))
        {
            return name;
        }

        declared.Report(StreamRules.Name, Locate(declared, "Name"), name);
        return StreamName.Default(declared.Type.Name);
    }

    private static long? ReadRetain(DeclaredSymbol declared)
    {
        if (declared.Attribute.Argument<string>("Retain") is not { } text)
        {
            return null;
        }

        // A fixed width of the interval grammar.
        if (text.Trim() is { Length: > 0 } width && StepParser.TryParse(width, out var step, out _, out _) && !step.IsCalendar)
        {
            return step.Seconds * TimeSpan.TicksPerSecond;
        }

        declared.Report(StreamRules.Retain, Locate(declared, "Retain"), text);
        return null;
    }

    /// <summary>The member of an enum that an argument names; an unknown one is reported and gives way to the default.</summary>
    private static string ReadChoice(DeclaredSymbol declared, string argument, string otherwise)
    {
        if (declared.Attribute.EnumArgument(argument) is { } name)
        {
            return name;
        }

        if (AttributeArguments.Value(declared.Attribute, argument) is { Kind: TypedConstantKind.Enum, Type: { } type, Value: { } number })
        {
            var names = string.Join(", ", type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => field.Name));
            declared.Report(StreamRules.UnknownChoice, Locate(declared, argument), number, type.Name, names);
        }

        return otherwise;
    }

    private static TimeModel? ReadTime(DeclaredSymbol declared)
    {
        var members = MarkedMembers.Find(declared, KnownNames.EventTime, (member, obstacle) =>
            Report(declared, declared.Place, member.ToDisplayString(), obstacle)).ToArray();
        foreach (var extra in members.Skip(1))
        {
            Report(declared, declared.PlaceInSource(extra.Symbol), extra.Symbol.Name, $"{members[0].Symbol.Name} already does; keep one");
        }

        if (members.FirstOrDefault() is not { } member || !member.Symbol.IsClear())
        {
            return null;
        }

        var time = StoredTypeParser.ParseTime(member.Symbol.Name, member.Type);
        if (time is null && !member.Type.HasError())
        {
            Report(declared, declared.PlaceInSource(member.Symbol), member.Symbol.Name,
                $"it is a {member.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}, not a DateTimeOffset or DateTime");
        }

        return time;
    }

    private static StreamNames ChooseNames(DeclaredSymbol declared)
    {
        var type = declared.Type;
        var names = StreamMemberNames.Choose(type);
        if (StreamMemberNames.FindTaken(type, StreamMemberNames.Entry) is { } taken)
        {
            declared.Report(StreamRules.EntryName, declared.PlaceInSource(taken), type.Name, names.Entry);
        }

        return names;
    }

    private static void Report(DeclaredSymbol declared, Location? place, string member, string reason) =>
        declared.Report(StreamRules.Time, place, member, reason);

    private static Location? Locate(DeclaredSymbol declared, string argument) =>
        AttributeArguments.Value(declared.Attribute, argument).Kind == TypedConstantKind.Error ? declared.Place
            : AttributeArguments.Location(declared.Attribute, argument);
}
