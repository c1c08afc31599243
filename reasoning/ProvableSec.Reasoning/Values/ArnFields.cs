namespace ProvableSec.Reasoning.Values;

/// <summary>The fields of one ARN.</summary>
internal static class ArnFields
{
    private const int DigitsOfAccount = 12;

    /// <summary>The account field, if it has twelve digits.</summary>
    public static string? AccountOf(string? arn)
    {
        if (arn is null)
        {
            return null;
        }

        int start = 0;
        for (int field = 0; field < 4; field++)
        {
            start = arn.IndexOf(':', start) + 1;
            if (start == 0)
            {
                return null;
            }
        }

        int end = start + DigitsOfAccount;
        if (end >= arn.Length || arn[end] != ':')
        {
            return null;
        }

        for (int i = start; i < end; i++)
        {
            if (arn[i] is < '0' or > '9')
            {
                return null;
            }
        }

        return arn.Substring(start, DigitsOfAccount);
    }
}
