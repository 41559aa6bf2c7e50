using System.Globalization;

namespace Typed.Writing.Spool;

/// <summary>What a repair did.</summary>
/// <param name="Parts">The damaged parts that were set aside.</param>
/// <param name="Items">The items that stood in them.</param>
/// <param name="Uncertain">The items that were set aside because nobody knows whether they were written.</param>
/// <param name="Kept">The items that the spool holds now.</param>
internal sealed record SpoolRepaired(int Parts, long Items, long Uncertain, long Kept);

/// <summary>Takes the damaged parts out of a spool, sets them aside, and keeps the rest.</summary>
internal static class SpoolRepair
{
    /// <summary>What the spool says of its openings when nobody knows how many there were: more than any database has counted.</summary>
    private const long ManyOpenings = 1_000_000_000;

    /// <summary>Repairs a spool that nobody uses.</summary>
    /// <param name="options">The spool.</param>
    /// <param name="keepsUncertain">Whether items stay of which nobody knows whether they were written; they may be written twice then.</param>
    /// <exception cref="SpoolException">Somebody uses it, or a later version wrote it.</exception>
    public static SpoolRepaired Run(SpoolOptions options, bool keepsUncertain)
    {
        SpoolSurvey survey;
        long uncertainEnd;
        using (SpoolLock.Take(options.Folder))
        {
            survey = new SpoolSurvey(options.Folder);
            uncertainEnd = survey.UncertainEnd;
            Identify(options, survey);
            var segments = survey.Segments;
            for (var i = 0; i < segments.Count; i++)
            {
                var next = i + 1 < segments.Count ? segments[i + 1] : null;
                if (segments[i].Damages.Exists(damage => !damage.IsTorn) || (next is not null && next.Header.FirstItem > segments[i].Segment.EndItem))
                {
                    Rewrite(options, segments[i], next);
                }

                for (var number = segments[i].Header.Number + 1; number < next?.Header.Number; number++)
                {
                    SegmentCopy.Write(options, new(number, next.Header.FirstItem, next.Header.Said, survey.Segments[0].Header.Spool), []);
                }
            }
        }

        using var log = new SpoolLog(options);
        var uncertain = keepsUncertain ? 0 : SetAside(options, log, uncertainEnd);
        SpoolDamage[] damages = [.. survey.Damages.Where(damage => !damage.IsTorn)];
        var items = damages.Sum(damage => (long)damage.Items) + survey.Missing.Sum(missing => missing.Items);
        return new(damages.Length + survey.Missing.Count, items, uncertain, log.OpenItems);
    }

    private static void Identify(SpoolOptions options, SpoolSurvey survey)
    {
        try
        {
            if (SpoolIdentity.Read(options.Folder) is not null)
            {
                return;
            }
        }
        catch (SpoolException)
        {
            // It is damaged, and made anew.
        }

        var id = survey.Segments.Select(segment => segment.Header.Spool).FirstOrDefault(spool => spool != Guid.Empty);
        new SpoolIdentity { Id = id == Guid.Empty ? Guid.NewGuid() : id, Opened = ManyOpenings }.Write(options.Folder, options.Disk);
    }

    /// <summary>Writes a segment again without its damaged parts, which go into files of their own.</summary>
    private static void Rewrite(SpoolOptions options, SurveyedSegment surveyed, SurveyedSegment? next)
    {
        using var reader = new FrameReader(surveyed.Segment.Path);
        var aside = Path.Combine(options.Folder, SpoolFormat.AsideFolder);
        Directory.CreateDirectory(aside);
        foreach (var damage in surveyed.Damages.Where(damage => damage.Length > 0))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(damage.Path)}-{damage.Offset}.damaged");
            File.WriteAllBytes(Path.Combine(aside, name), reader.Bytes(damage.Offset, damage.Length));
        }

        List<(int Ordinal, byte[] Payload)> frames = [];
        var count = 0;
        foreach (var frame in surveyed.Frames)
        {
            reader.MoveTo(frame);
            _ = reader.TryRead(out var payload);
            LeaveTo(reader.Ordinal);
            frames.Add((reader.Ordinal, payload.ToArray()));
            count = reader.Ordinal + ((FrameKind)payload[0] == FrameKind.Item ? 1 : 0);
        }

        LeaveTo(next is null ? count : (int)(next.Header.FirstItem - surveyed.Header.FirstItem));
        SegmentCopy.Write(options, surveyed.Header, frames);

        void LeaveTo(int ordinal)
        {
            if (ordinal > count)
            {
                var gap = new PayloadWriter();
                gap.Begin(FrameKind.Gap);
                gap.Number((ulong)count);
                gap.Number((ulong)(ordinal - count));
                frames.Add((count, gap.Written.ToArray()));
                count = ordinal;
            }
        }
    }

    /// <summary>Sets items aside of which nobody knows whether they were written.</summary>
    private static long SetAside(SpoolOptions options, SpoolLog log, long end)
    {
        List<long> items = [];
        using var aside = new AsideFile(options.Folder, options.Disk);
        using var cursor = new SpoolCursor(log, from: null, []);
        while (cursor.TryRead(end, out var item, out var layout, out var record) && item < end)
        {
            aside.Add(layout, record, "whether it was written was said in a damaged part of the spool");
            items.Add(item);
        }

        if (items.Count > 0)
        {
            aside.Write();
            log.Forget(ItemSet.Of(items));
        }

        return items.Count;
    }
}
