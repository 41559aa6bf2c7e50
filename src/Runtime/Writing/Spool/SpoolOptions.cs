namespace Typed.Writing.Spool;

/// <summary>How a spool behaves. The public options say what each one means.</summary>
internal sealed record SpoolOptions
{
    public required string Folder { get; init; }

    public SpoolSync Sync { get; init; } = SpoolSync.Default;

    public long MaxBytes { get; init; } = 1L << 30;

    public SpoolDisk Disk { get; init; } = SpoolDisk.System;

    /// <summary>The size of a segment; a first one is smaller.</summary>
    public int SegmentBytes => (int)Math.Clamp(MaxBytes / 8, SpoolFormat.LeastSegmentBytes, SpoolFormat.MostSegmentBytes);
}
