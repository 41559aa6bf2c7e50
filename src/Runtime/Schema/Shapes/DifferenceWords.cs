namespace Typed.Schema.Shapes;

/// <summary>What is said of a difference, by analyzers, stores, contexts and the command line alike.</summary>
internal static class DifferenceWords
{
    private const string Accept = "accept what is declared into " + SchemaFile.Name;

    private const string KeepSeries =
        "take the change back, rename the interval (it starts empty, and RebuildAsync fills it from a finer one), "
        + "say in a migration what becomes of the rows (RebuildSeries, RenameSeries or DropSeries), or drop the table if its data is not needed";

    private const string KeepStream =
        "take the change back, declare a new stream under another Name and copy the events into it, "
        + "or, if they are not needed, drop the table and its line in typed_catalog";

    public static string Whole(SchemaDifference difference)
    {
        var owner = (difference.IsOfStream ? "stream '" : "series '") + difference.Owner + "'";
        return difference.Kind switch
        {
            DifferenceKind.StreamAdded or DifferenceKind.SeriesAdded => owner + " is declared, and nothing is stored for it",
            DifferenceKind.StreamUndeclared or DifferenceKind.SeriesUndeclared => owner + " is stored, and no class declares it",
            _ => owner + ": " + difference.Text,
        };
    }

    public static string Text(SchemaDifference difference)
    {
        var (path, stored, declared) = (difference.Path, difference.Stored, difference.Declared);
        return difference.Kind switch
        {
            DifferenceKind.MemberAdded => $"'{path}' ({declared}) is declared, and no stored event has it",
            DifferenceKind.MemberUndeclared => $"some stored events have '{path}' ({stored}), which the class does not have: it is {declared}",
            DifferenceKind.MemberRemoved => $"every stored event has '{path}' ({stored}), which the class does not have: it is {declared}",
            DifferenceKind.MemberRequired => $"'{path}' ({declared}) is required, and {stored}",
            DifferenceKind.MemberRenamed => $"'{path}' ({declared}) is not stored, and '{difference.FormerName}' ({stored}) is: it looks renamed",
            DifferenceKind.EnumNameUndeclared => $"'{path}' is stored as {stored}, which the enum does not have; it has {declared}",
            DifferenceKind.EnumNamesUnknown => $"'{path}' is an enum with {declared}, and which names are stored is not known",
            DifferenceKind.IntervalAdded => $"interval '{path}' ({declared}) is declared, and nothing is stored for it",
            DifferenceKind.IntervalUndeclared => $"interval '{path}' ({stored}) is stored, and the class does not have it",
            DifferenceKind.IntervalGrid => $"interval '{path}' was '{stored}' and is now '{declared}'",
            DifferenceKind.StreamAdded or DifferenceKind.SeriesAdded => "it is declared, and nothing is stored for it",
            DifferenceKind.StreamUndeclared or DifferenceKind.SeriesUndeclared => "it is stored, and no class declares it",
            _ when difference.Member.Segments.Count > 0 => $"'{path}' was '{stored}' and is now '{declared}'",
            DifferenceKind.SeriesKeyOrder => $"the order of keys was '{stored}' and is now '{declared}'",
            _ => $"{path} was '{stored}' and is now '{declared}'",
        };
    }

    public static string WayOut(DifferenceKind kind) => kind switch
    {
        DifferenceKind.MemberUndeclared or DifferenceKind.MemberRemoved =>
            "add the member to the class, keep it in a member with [JsonExtensionData], or " + Accept,
        DifferenceKind.MemberRequired => "make the member nullable or give it a default, name what it was called with [FormerName], or " + Accept,
        DifferenceKind.MemberRenamed => "add [FormerName] with the stored name, or " + Accept,
        DifferenceKind.NullRefused => "make the member nullable, or " + Accept,
        DifferenceKind.NumberNarrowed => "make the member a double or a decimal, or " + Accept,
        DifferenceKind.TypeChanged => "give the member the stored type or make it a JsonElement, or " + Accept,
        DifferenceKind.EnumNameUndeclared => "add the name to the enum, or give one of its members that name with [JsonStringEnumMemberName], or " + Accept,
        DifferenceKind.EnumNamesUnknown => $"{Accept}, which then says that it is an enum, and run 'typed schema pull', which then lists the stored names",
        DifferenceKind.StreamNaming or DifferenceKind.StreamName or DifferenceKind.StreamBody or DifferenceKind.StreamFollow => KeepStream,
        DifferenceKind.SeriesType or DifferenceKind.SeriesValue or DifferenceKind.SeriesKeys or DifferenceKind.SeriesKeyOrder
            or DifferenceKind.IntervalGrid => KeepSeries,
        DifferenceKind.StreamUndeclared or DifferenceKind.SeriesUndeclared =>
            "declare a class for it, or remove it from " + SchemaFile.Name + " if another program owns it",
        DifferenceKind.IntervalUndeclared => "declare the interval again, or drop its table if its data is not needed",
        _ => "nothing has to be done",
    };
}
