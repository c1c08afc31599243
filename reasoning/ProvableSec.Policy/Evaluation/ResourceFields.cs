namespace ProvableSec.Policy.Evaluation;

/// <summary>Where the fields of an ARN stand, found once.</summary>
internal readonly struct ResourceFields
{
    private readonly string arn;
    private readonly int first = -1;
    private readonly int second = -1;
    private readonly int third = -1;
    private readonly int fourth = -1;
    private readonly int fifth = -1;

    /// <param name="arn">An ARN, or any other text.</param>
    public ResourceFields(string arn)
    {
        this.arn = arn;
        int colons = 0;
        for (int i = 0; i < arn.Length; i++)
        {
            if (arn[i] != ':')
            {
                continue;
            }

            switch (colons++)
            {
                case 0:
                    first = i;
                    break;
                case 1:
                    second = i;
                    break;
                case 2:
                    third = i;
                    break;
                case 3:
                    fourth = i;
                    break;
                default:
                    fifth = i;
                    return;
            }
        }
    }

    /// <summary>The second field; empty, as every other, where there are fewer.</summary>
    public ReadOnlySpan<char> Partition => Between(first, second);

    /// <summary>The third field.</summary>
    public ReadOnlySpan<char> Service => Between(second, third);

    /// <summary>The fifth field.</summary>
    public ReadOnlySpan<char> Account => Between(fourth, fifth);

    /// <summary>The sixth field, which is all that is left.</summary>
    public ReadOnlySpan<char> Rest => fifth < 0 ? default : arn.AsSpan(fifth + 1);

    private ReadOnlySpan<char> Between(int colon, int next) => next < 0 ? default : arn.AsSpan(colon + 1, next - colon - 1);
}
