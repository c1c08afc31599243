using System.Globalization;
using CsCheck;
using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Tests.Values;

/// <summary>The three readers of numbers and of bytes take the same texts, and put numbers in one order.</summary>
public sealed class WrittenNumberTests
{
    /// <summary>In ascending order; those in one text are equal.</summary>
    private static readonly string[] Ascending =
    [
        "-100000000000000000000000", "-12345678901 -12345678901.000", "-101", "-100", "-99.9", "-10 -10. -010.0", "-9", "-1.5", "-1.49", "-1 -01",
            "-0.5 -.5 -.50",
        "-0.05 -.05", "0 -0 +0 0.0 -0.0 .0 0. 00 -.0", "0.0000000000000000000001", "0.05", "0.5 .5 +.5 0.500 00.5", "0.50000000001", "1 1. +1 1.0 01", "1.49",
        "1.5", "9", "9.99", "10 10.0 +10.", "99", "100", "101", "999999999", "1000000000", "1000000001", "12345678900", "12345678901",
            "100000000000000000000000",
        "100000000000000000000000.1",
    ];

    [Fact]
    public void Numbers_stand_in_one_order()
    {
        for (int i = 0; i < Ascending.Length; i++)
        {
            for (int j = 0; j < Ascending.Length; j++)
            {
                foreach (string one in Ascending[i].Split(' '))
                {
                    foreach (string other in Ascending[j].Split(' '))
                    {
                        Compare(one, other, i.CompareTo(j));
                    }
                }
            }
        }
    }

    [Fact]
    public void Readers_agree_with_the_platform() =>
        Gen.Select(Gen.Int[-20_000, 20_000], Gen.Int[0, 4], Gen.Int[-20_000, 20_000], Gen.Int[0, 4]).Each(2_000, (one, places, other, otherPlaces) =>
        {
            decimal a = new(Math.Abs(one), 0, 0, one < 0, (byte)places), b = new(Math.Abs(other), 0, 0, other < 0, (byte)otherPlaces);
            Compare(a.ToString(CultureInfo.InvariantCulture), b.ToString(CultureInfo.InvariantCulture), a.CompareTo(b));
        });

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("--1")]
    [InlineData("+-1")]
    [InlineData("1-")]
    [InlineData("1+")]
    [InlineData("1.2.3")]
    [InlineData("1..2")]
    [InlineData("..1")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1 000")]
    [InlineData("a")]
    [InlineData("1a")]
    [InlineData("/")]
    [InlineData(":")]
    [InlineData("0x10")]
    [InlineData("\u0661")]
    [InlineData(".-1")]
    public void What_is_no_decimal_number_is_refused(string text)
    {
        Assert.False(DecimalNumber.TryParse(text, out _), "the evaluator takes it");
        Assert.False(ExactNumber.TryParse(text, out _), "the prover takes it");
        Assert.Null(PlainNumber.Read(text));
    }

    /// <summary>Every sign of ASCII at every place of a group of four, and every length.</summary>
    [Fact]
    public void Bytes_are_read_as_the_platform_reads_them()
    {
        for (char sign = '!'; sign <= '~'; sign++)
        {
            foreach (string text in (string[])[$"{sign}AAA", $"A{sign}AA", $"AA{sign}A", $"AAA{sign}", $"QUJD{sign}w==", $"QUJDw{sign}==", $"QUJDwx{sign}=",
                $"{sign}"])
            {
                SameBytes(text);
            }
        }

        foreach (string text in (string[])["", "A", "AA", "AAA", "AAAA", "AAAAA", "AAAAAA", "AA=", "A===", "====", "AA==AAAA", "AAA=AAAA", "AAAA==", "=AAA",
            "A=AA", "AA=A", "\u0100AAA", "AAA\u0141"])
        {
            SameBytes(text);
        }
    }

    [Fact]
    public void Any_bytes_are_read_back() =>
        Gen.Byte.Array[0, 40].Each(500, bytes => SameBytes(Convert.ToBase64String(bytes)));

    private static void SameBytes(string text)
    {
        byte[]? bytes = Decoded(text);
        string? bits = bytes is null ? null : string.Concat(bytes.Select(b => Convert.ToString(b, 2).PadLeft(8, '0')));
        Assert.True(bits == PlainBytes.Read(text), $"the checker reads '{text}' as {PlainBytes.Read(text)}");
        Assert.True((BytesSet.Canonical(text) is { } canonical ? canonical : null) == (bytes is null ? null : Convert.ToBase64String(bytes)),
            $"the prover reads '{text}' as {BytesSet.Canonical(text)}");
        if (bytes is null)
        {
            Assert.True(Base64Bytes.Equal(text, "AAAA") is null && Base64Bytes.Equal("AAAA", text) is null, $"the evaluator takes '{text}'");
            return;
        }

        string same = Convert.ToBase64String(bytes);
        Assert.True(Base64Bytes.Equal(text, same) == true && Base64Bytes.Equal(same, text) == true, $"to the evaluator '{text}' is not '{same}'");
        Assert.True(Base64Bytes.Equal(text, Convert.ToBase64String([.. bytes, 0])) == false, $"to the evaluator '{text}' has a byte more");
        for (int i = 0; i < bytes.Length; i++)
        {
            for (int bit = 1; bit < 256; bit <<= 1)
            {
                byte[] other = [.. bytes];
                other[i] ^= (byte)bit;
                Assert.True(Base64Bytes.Equal(text, Convert.ToBase64String(other)) == false, $"to the evaluator '{text}' is as with another bit in byte {i}");
            }
        }
    }

    /// <summary>What is left over beside whole bytes may be anything.</summary>
    private static byte[]? Decoded(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static void Compare(string one, string other, int expected)
    {
        Assert.True(DecimalNumber.TryParse(one, out DecimalNumber a) && DecimalNumber.TryParse(other, out DecimalNumber b)
            && Math.Sign(a.CompareTo(b)) == expected,
            $"the evaluator puts {one} and {other} in another order");
        Assert.True(ExactNumber.TryParse(one, out ExactNumber c) && ExactNumber.TryParse(other, out ExactNumber d) && Math.Sign(c.CompareTo(d)) == expected,
            $"the prover puts {one} and {other} in another order");
        Assert.True(PlainNumber.Read(one) is { } e && PlainNumber.Read(other) is { } f && Math.Sign(e.CompareTo(f)) == expected,
            $"the checker puts {one} and {other} in another order");
    }
}
