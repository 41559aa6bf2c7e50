using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Storage.Model;
using Typed.Storage.Statements;
using Typed.Time;

namespace Typed.Storage.Migrations;

/// <summary>The statements by which a migration fills the table of an interval from that of a finer one.</summary>
internal static class SeriesRebuild
{
    /// <summary>The rows are not known when the statements are made, so grids have to fit wherever there may be some.</summary>
    private static readonly long s_oldest = Instant.From(DateTimeOffset.UnixEpoch);

    private static readonly long s_latest = Instant.From(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>
    /// The statements, under the layouts that the migration gives the tables; null where the program's types have become others since, so that nothing says how
    /// rows of these were merged.
    /// </summary>
    /// <exception cref="InvalidOperationException">The tables are not those of two intervals of which one holds the other's buckets whole.</exception>
    public static IReadOnlyList<string>? Of(RebuildSeriesOperation operation, string? schema, DbContext context, Engine engine, IModel migrated)
    {
        var designed = context.GetService<IDesignTimeModel>().Model;
        if (Find(operation.Table) is not var (series, target, coarse) || Find(operation.From) is not var (other, source, finer))
        {
            return null;
        }

        if (series != other)
        {
            throw new InvalidOperationException(
                $"RebuildSeries: {operation.Table} and {operation.From} are not intervals of one series; give the table of a finer interval of it.");
        }

        var statements = new RollupStatements(source, engine.Dialect, StatisticsShape.Count);
        return [RebuildStatements.Fill(target, coarse, statements, MergesSlots(coarse, finer))];

        (SeriesDefinition Series, IntervalTable Table, Interval Interval)? Find(string name)
        {
            var layout = migrated.GetRelationalModel().FindTable(name, schema)?.Comment;
            var shape = LayoutChange.SeriesOf(name, layout) is { Intervals.Count: 1 } found
                ? found
                : throw new InvalidOperationException($"RebuildSeries: {name} is no table of an interval in the model of the migration.");
            var entity = designed.GetEntityTypes().FirstOrDefault(type => type.FindAnnotation(Annotations.Interval) is not null
                && string.Equals(type.GetTableName(), name, StringComparison.Ordinal) && string.Equals(type.GetSchema(), schema, StringComparison.Ordinal));
            var definition = DeclarationModule.Registered.SelectMany(module => module.Declarations).OfType<SeriesDeclaration>()
                .FirstOrDefault(declared => declared.Definition.RowType == entity?.ClrType)?.Definition;
            if (entity is null || definition is null || LayoutChange.SeriesOf(name, entity.GetComment()) is not { Intervals.Count: 1 } now)
            {
                return null;
            }

            // A naming convention may have made something else of the interval's name in that of the table.
            var declared = (string)entity.FindAnnotation(Annotations.Interval)!.Value!;
            var interval = Interval.Parse($"{declared}: {shape.Intervals[0].Layout}");
            return (now with { Intervals = shape.Intervals }) == shape && Interval.Parse($"{declared}: {now.Intervals[0].Layout}").IsFine == interval.IsFine
                ? (definition, ModelTables.Get(context.Model, engine.Dialect).Interval(definition, declared), interval)
                : null;
        }
    }

    private static bool MergesSlots(Interval interval, Interval finer) =>
        new RebuildGrids(interval, finer).FindFault(s_oldest, s_latest, out var mergesSlots) is { } fault
            ? throw new InvalidOperationException($"RebuildSeries: {fault}")
            : mergesSlots;
}
