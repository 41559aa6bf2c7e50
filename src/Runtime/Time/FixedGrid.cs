namespace Typed.Time;

/// <summary>Cells of one width, anchored at the Unix epoch.</summary>
/// <param name="width">Microseconds, at least one second.</param>
internal sealed class FixedGrid(long width) : Grid
{
    public override long Floor(long instant) => Grids.Floor(instant, width);

    public override bool TryNext(long start, out long next)
    {
        Instant.Check(start);
        next = start + width;
        if (next <= Instant.Max)
        {
            return true;
        }

        next = 0;
        return false;
    }

    public override long Index(long instant)
    {
        Instant.Check(instant);
        return Arithmetic.FloorDivide(instant, width);
    }

    // A width is whole seconds, so that floor(unix seconds / width) is the cell's number.
    public override long Label(long start) => Index(start);

    internal override bool TryStartOf(long index, out long start)
    {
        // Dividing the limits instead of multiplying the number: any long may come.
        if (index > Arithmetic.FloorDivide(Instant.Max, width) || index < -Arithmetic.FloorDivide(-Instant.Min, width))
        {
            start = 0;
            return false;
        }

        start = index * width;
        return true;
    }
}
