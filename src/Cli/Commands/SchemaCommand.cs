using System.CommandLine;
using Spectre.Console;
using Typed.Cli.Output;
using Typed.Cli.Schemas;
using Typed.Schema.Shapes;

namespace Typed.Cli.Commands;

internal static class SchemaCommand
{
    public static Command Create(CommandContext context) =>
        new("schema", "The schema of what is stored, and typed.schema.json.") { Pull(context), Check(context), Diff(context) };

    private static Command Pull(CommandContext context)
    {
        var (command, file, sample) = New("pull", "Writes what the database stores into the schema file.");
        context.OnDatabase(command, async run =>
        {
            var stored = new StoredSchema(run.Database, run.Catalog);
            var path = run.Value(file);

            // What no event tells, the file may know from the declarations.
            var known = SchemaText.ReadWhatIsThere(path);
            var schema = await stored.ReadAsync(run.Terminal, known, run.Value(sample), run.CancellationToken);
            foreach (var name in stored.Empty)
            {
                schema = known.FindStream(name) is { } stream ? schema.With(stream) : schema;
            }

            var isNew = SchemaText.Write(path, schema);
            SayUnreadable(run, stored);
            run.Terminal.Note(
                $"{path} {(isNew ? "written" : "is as it was")}: {schema.Streams.Count} streams, {schema.Series.Count} series"
                + (stored.Empty.Count > 0 ? $"; without an event: {string.Join(", ", stored.Empty)}." : "."));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Check(CommandContext context)
    {
        var (command, file, sample) = New("check", "Compares the schema file with the database, and fails where they differ.");
        context.OnDatabase(command, async run =>
        {
            var found = (await CompareAsync(run, run.Value(file), run.Value(sample))).Where(one => one.Verdict != Verdict.Fine).ToArray();
            Write(run, found);
            if (found.Length > 0)
            {
                run.Terminal.Note($"{run.Value(file)} and the database differ. 'typed schema pull' accepts what is stored.");
            }

            return found.Length > 0 ? ExitCodes.Found : ExitCodes.Done;
        });
        return command;
    }

    private static Command Diff(CommandContext context)
    {
        var (command, file, sample) = New("diff", "Lists all differences between the schema file and the database, also those that do no harm.");
        context.OnDatabase(command, async run =>
        {
            Write(run, await CompareAsync(run, run.Value(file), run.Value(sample)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static (Command Command, Argument<string> File, Option<long?> Sample) New(string name, string description)
    {
        var file = new Argument<string>("file") { Description = $"The schema file. Default: {SchemaFile.Name}.", DefaultValueFactory = _ => SchemaFile.Name };
        var sample = new Option<long?>("--sample")
        {
            Description = "Reads only the newest so many events of each namespace of a stream. Default: all.", HelpName = "N",
        };
        sample.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long?>() < 1)
            {
                result.AddError("--sample is 1 or more.");
            }
        });
        return (new Command(name, description) { file, sample }, file, sample);
    }

    private static async Task<IReadOnlyList<SchemaDifference>> CompareAsync(Invocation run, string path, long? sample)
    {
        var file = SchemaText.Read(path);
        var stored = new StoredSchema(run.Database, run.Catalog);
        var schema = await stored.ReadAsync(run.Terminal, file, sample, run.CancellationToken);
        SayUnreadable(run, stored);

        // Of a stream without events nothing is known that could differ.
        foreach (var name in stored.Empty)
        {
            schema = file.FindStream(name) is { } stream ? schema.With(stream) : schema;
        }

        return SchemaComparer.Compare(schema, file);
    }

    private static void SayUnreadable(Invocation run, StoredSchema stored)
    {
        if (stored.Unreadable > 0)
        {
            run.Terminal.Note($"{stored.Unreadable} events are no JSON, or nested deeper than 64, and were passed over.");
        }
    }

    private static void Write(Invocation run, IReadOnlyList<SchemaDifference> differences)
    {
        if (run.Terminal.IsForPeople)
        {
            foreach (var one in differences)
            {
                var color = one.Verdict switch { Verdict.Error => "red", Verdict.Warning => "yellow", Verdict.Information => "blue", _ => "green" };
                run.Terminal.Rich.MarkupLineInterpolated($"[{color}]{one.Verdict.ToString().ToLowerInvariant(),-11}[/] {ValueText.OnLine(one.ToString())}");
                if (one.Verdict != Verdict.Fine)
                {
                    run.Terminal.Rich.MarkupLineInterpolated($"            [grey]{ValueText.OnLine(one.WayOut)}[/]");
                }
            }

            if (differences.Count == 0)
            {
                run.Terminal.Rich.MarkupLine("[green]The schema file and the database say the same.[/]");
            }

            return;
        }

        var listing = new Listing("verdict", "kind", "owner", "path", "text", "way out");
        foreach (var one in differences)
        {
            listing.Add(one.Verdict.ToString(), one.Kind.ToString(), one.Owner, one.Path, one.ToString(), one.WayOut);
        }

        listing.Write(run.Terminal, "");
    }
}
