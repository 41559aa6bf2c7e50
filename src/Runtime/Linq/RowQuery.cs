using Microsoft.EntityFrameworkCore;
using Typed.Schema;
using Typed.Storage.Model;
using Typed.Storage.Provisioning;
using Typed.Time;

namespace Typed.Linq;

/// <summary>The rows of one interval as an EF query, without those of dead buckets.</summary>
internal static class RowQuery
{
    public static IQueryable<TRow> Query<TRow>(DbContext context, SeriesDefinition series, Interval interval, long now, string? seriesNamespace)
        where TRow : class
    {
        TypedOptionsExtension.GetFor(context).Engine.Prepare(context);
        OwnLayout.CheckLater(context, new SeriesDeclaration(series));
        var points = series.Type == SeriesType.Series;
        var rows = context.Set<TRow>(points ? SeriesModel.PointsName(series) : SeriesModel.EntityName(series, interval.Name)).AsNoTracking();
        if (seriesNamespace is not null)
        {
            rows = rows.Where(row => EF.Property<string>(row, SeriesColumns.Namespace) == seriesNamespace);
        }

        if (interval.Keep is null)
        {
            return rows;
        }

        var oldest = Instant.ToDateTimeOffset(interval.OldestLive(now));
        var position = points ? SeriesColumns.Time : SeriesColumns.Bucket;
        return rows.Where(row => EF.Property<DateTimeOffset>(row, position) >= oldest);
    }
}
