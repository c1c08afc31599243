namespace ProvableSec.Policy.Text;

/// <summary>A place in a text as editors show it.</summary>
/// <param name="Line">Line, counted from 1.</param>
/// <param name="Column">Column in UTF-16 characters, counted from 1.</param>
public readonly record struct LinePosition(int Line, int Column) : IComparable<LinePosition>
{
    /// <inheritdoc/>
    public int CompareTo(LinePosition other) => Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);

    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}";
}
