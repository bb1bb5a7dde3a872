"""Pictures: their size is known, and what is not the picture it claims to be is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from generator import images
from generator.images import measure


def picture(form: str, size: tuple[int, int] = (30, 20), **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "white").save(stream, form, **options)
    return stream.getvalue()


def measured(tmp_path: Path, name: str, data: bytes) -> tuple[int, int, str]:
    file = tmp_path / name
    file.write_bytes(data)
    width, height, problem = measure(f"content/news/{name}", str(file))
    return width, height, problem.text() if problem else ""


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.JPEG", "JPEG"), ("a.gif", "GIF"), ("a.webp", "WEBP")],
)
def test_measures_pictures(name: str, form: str, tmp_path: Path) -> None:
    assert measured(tmp_path, name, picture(form)) == (30, 20, "")


def test_takes_a_telephones_double_picture_for_a_jpeg(tmp_path: Path) -> None:
    second = Image.new("RGB", (30, 20), "black")

    data = picture("MPO", save_all=True, append_images=[second])

    assert measured(tmp_path, "a.jpg", data) == (30, 20, "")


def test_refuses_an_extension_that_is_not_the_content(tmp_path: Path) -> None:
    assert measured(tmp_path, "a.jpg", picture("PNG")) == (
        30,
        20,
        "content/news/a.jpg: 错误[image-type-mismatch]: 扩展名是 jpg，内容是 png\n"
        "  办法：把扩展名改成 .png，引用它的地方一起改",
    )


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4", picture("PNG")[:40]])
def test_refuses_what_is_no_picture(data: bytes, tmp_path: Path) -> None:
    assert measured(tmp_path, "a.png", data) == (
        0,
        0,
        "content/news/a.png: 错误[bad-image]: 图片打不开\n  办法：用看图软件另存为 PNG 或 JPEG",
    )


def test_refuses_a_picture_too_large_to_be_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 599)

    assert measured(tmp_path, "a.png", picture("PNG"))[2] == (
        "content/news/a.png: 错误[image-too-large]: 图片有 30×20 像素\n  办法：缩小到 6000 万像素以内"
    )


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 24 16"', (24, 16)),
        ('viewBox="0,0,24.4,16"', (24, 16)),
        ('viewBox="0 0 .. .."', (0, 0)),
        ('viewBox="0 0 1e9 1"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_measures_drawings_by_their_view_box(attributes: str, size: tuple[int, int], tmp_path: Path) -> None:
    assert measured(tmp_path, "a.svg", f"<svg {attributes}></svg>".encode()) == (*size, "")


@pytest.mark.parametrize(
    "inner",
    [
        "<script>x()</script>",
        '<a onclick="x()"/>',
        "<foreignObject/>",
        '<a href="javascript:x"/>',
        "<!ENTITY a 'b'>",
    ],
)
def test_refuses_drawings_with_scripts(inner: str, tmp_path: Path) -> None:
    assert measured(tmp_path, "a.svg", f"<svg>{inner}</svg>".encode())[2] == (
        "content/news/a.svg: 错误[active-svg]: SVG 图片里有脚本或外部内容\n  办法：删去脚本后再用，或另存为 PNG"
    )


def test_refuses_a_drawing_that_is_none(tmp_path: Path) -> None:
    assert measured(tmp_path, "a.svg", b"\x89PNG") == (
        0,
        0,
        "content/news/a.svg: 错误[bad-image]: 图片打不开\n  办法：重新导出 SVG，或另存为 PNG",
    )


def test_a_photograph_that_tells_place_and_owner_is_a_warning_that_repeats_neither(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 0.0, 1.0), 3: "E", 4: (120.0, 34.0, 1.0)})
    exif[0x013B] = "Zhang San"
    exif.get_ifd(0x8769)[0xA431] = "SN12345"
    Image.new("RGB", (8, 6)).save(tmp_path / "a.jpg", exif=exif)
    width, height, problem = measure("content/news/a.jpg", str(tmp_path / "a.jpg"))

    assert (width, height) == (8, 6)
    assert problem is not None
    assert problem.text() == (
        "content/news/a.jpg: 警告[image-metadata]: 图片文件里留有拍摄地点、作者姓名、相机的主人或编号，下载的人都能看到\n"
        "  办法：在文件属性里“删除属性和个人信息”，或用看图软件另存一份"
    )


def test_a_photograph_that_tells_only_how_it_was_taken_is_sound(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0110] = "Model"
    exif[0x0112] = 1
    Image.new("RGB", (8, 6)).save(tmp_path / "a.jpg", exif=exif)

    assert measure("a.jpg", str(tmp_path / "a.jpg")) == (8, 6, None)


def test_damaged_notes_of_a_camera_harm_nothing(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({2: (30.0, 0.0, 1.0)})
    Image.new("RGB", (8, 6)).save(tmp_path / "a.jpg", exif=exif)
    data = (tmp_path / "a.jpg").read_bytes()
    start = data.index(b"Exif") + 10
    (tmp_path / "a.jpg").write_bytes(data[:start] + b"\xff" * 24 + data[start + 24 :])

    assert measure("a.jpg", str(tmp_path / "a.jpg"))[:2] == (8, 6)
