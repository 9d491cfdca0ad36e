"""Writes one movie, whose values the test knows, by the tool and in the layout that is named: write_movies.py KIND PATH."""

import sys
from datetime import datetime, timezone

import numpy as np

FRAMES, HEIGHT, WIDTH, FPS = 23, 31, 26, 12.5
T, Y, X = np.ogrid[:FRAMES, :HEIGHT, :WIDTH]
VALUES = ((T * 31 + Y * 7 + X * 3) * 257) >> 3
MOVIE = (VALUES & 0xFFFF).astype(np.uint16)
BYTES = (VALUES & 0xFF).astype(np.uint8)


def tiff(path, movie=MOVIE, **options):
    import tifffile

    tifffile.imwrite(path, movie, **options)


def opencv(path):
    import cv2

    # Large and noisy pages fill the table of codes many times.
    noise = np.random.default_rng(1).integers(0, 256, (2, 400, 300), dtype=np.uint8)
    assert cv2.imwritemulti(path + ".noise.tif", list(noise // 64 * 64))
    np.save(path + ".noise.npy", noise // 64 * 64)
    assert cv2.imwritemulti(path, list(MOVIE))


def h5(path, movie=MOVIE, name="movie", **options):
    import h5py

    with h5py.File(path, "w") as file:
        file.create_dataset(name, data=movie, **options)


def matlab(path):
    """Y × X × T in MATLAB is T × X × Y in HDF5, behind a block of text."""
    import h5py

    with h5py.File(path, "w", userblock_size=512) as file:
        file.create_dataset("Y", data=MOVIE.transpose(0, 2, 1), chunks=(2, 26, 31), compression="gzip")
    with open(path, "r+b") as file:
        file.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x02IM")


def nwb(path, movie=None, series="OnePhotonSeries", times=None, more=()):
    import pynwb
    from pynwb import ophys

    file = pynwb.NWBFile("a session", "id", datetime(2020, 1, 1, tzinfo=timezone.utc))
    device = file.create_device("microscope")
    channel = ophys.OpticalChannel(name="channel", description="green", emission_lambda=510.0)
    plane = file.create_imaging_plane(
        name="plane",
        optical_channel=channel,
        description="plane",
        device=device,
        excitation_lambda=470.0,
        indicator="GCaMP",
        location="CA1",
        grid_spacing=[1.5e-6, 1.5e-6],
        grid_spacing_unit="meters",
    )
    data = MOVIE.transpose(0, 2, 1) if movie is None else movie
    clock = {"timestamps": times} if times is not None else {"rate": FPS}
    for name in ("movie", *more):
        kind = getattr(ophys, series)
        file.add_acquisition(kind(name=name, data=data, imaging_plane=plane, unit="n.a.", **clock))
    with pynwb.NWBHDF5IO(path, "w") as io:
        io.write(file)


def zarray(path, movie=MOVIE, name=None, **options):
    import zarr

    if name is None:
        array = zarr.create_array(path, shape=movie.shape, dtype=movie.dtype, **options)
    else:
        array = zarr.open_group(path, mode="w", zarr_format=options.get("zarr_format", 3)).create_array(
            name, shape=movie.shape, dtype=movie.dtype, **{k: v for k, v in options.items() if k != "zarr_format"}
        )
    array[...] = movie


def xarray_store(path, zarr_format):
    import xarray

    dims = ("height", "width", "frame")
    array = xarray.DataArray(MOVIE.transpose(1, 2, 0), dims=dims, name="varr")
    array.to_dataset().to_zarr(path, zarr_format=zarr_format, consolidated=False)


def npy(path, movie=MOVIE):
    np.save(path, movie)


def with_ffmpeg(path, *codec):
    import subprocess

    import imageio_ffmpeg

    size = f"{WIDTH}x{HEIGHT}"
    source = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", size, "-r", str(FPS), "-i", "-"]
    program = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run([program, "-v", "error", "-y", *source, *codec, path], input=BYTES.tobytes(), check=True)


def ffmpeg_program(_):
    import imageio_ffmpeg

    print(imageio_ffmpeg.get_ffmpeg_exe())


GAP = np.arange(FRAMES) / FPS + (np.arange(FRAMES) > 10) * 3.0
KINDS = {
    "tiff": lambda path: tiff(path),
    "tiff_big_endian": lambda path: tiff(path, byteorder=">", bigtiff=True),
    "tiff_float": lambda path: tiff(path, MOVIE.astype(np.float32)),
    "tiff_zlib": lambda path: tiff(path, compression="zlib"),
    "tiff_strips": lambda path: tiff(path, rowsperstrip=5),
    "tiff_imagej": lambda path: tiff(
        path, imagej=True, resolution=(1 / 1.5, 1 / 1.5), metadata={"axes": "TYX", "finterval": 1 / FPS, "unit": "um"}
    ),
    "tiff_ome": lambda path: tiff(
        path,
        ome=True,
        metadata={
            "axes": "TYX",
            "TimeIncrement": 1000 / FPS,
            "TimeIncrementUnit": "ms",
            "PhysicalSizeX": 1.5,
            "PhysicalSizeXUnit": "µm",
        },
    ),
    "tiff_channels": lambda path: tiff(
        path, np.stack([MOVIE, MOVIE], axis=1), imagej=True, metadata={"axes": "TCYX"}
    ),
    "tiff_rgb": lambda path: tiff(path, np.stack([BYTES] * 3, axis=-1), photometric="rgb"),
    # With LZW and differences.
    "tiff_opencv": lambda path: opencv(path),
    "h5": lambda path: h5(path),
    "h5_gzip": lambda path: h5(path, chunks=(4, 16, 16), compression="gzip", shuffle=True),
    "h5_frames_last": lambda path: h5(path, MOVIE.transpose(1, 2, 0)),
    "h5_frames_last_chunked": lambda path: h5(path, MOVIE.transpose(1, 2, 0), chunks=(8, 8, FRAMES)),
    "h5_signed": lambda path: h5(path, MOVIE.astype(np.int32) - 1000),
    "h5_nested": lambda path: h5(path, name="analysis/raw/movie"),
    "h5_channels": lambda path: h5(path, MOVIE[:, None]),
    "h5_lzf": lambda path: h5(path, compression="lzf"),
    "matlab": matlab,
    "nwb": lambda path: nwb(path),
    "nwb_times": lambda path: nwb(path, series="TwoPhotonSeries", times=GAP),
    "nwb_height_first": lambda path: nwb(path, MOVIE),
    "nwb_two": lambda path: nwb(path, more=("other",)),
    "zarr2": lambda path: zarray(path, zarr_format=2, chunks=(5, 16, 16)),
    "zarr3": lambda path: zarray(path, zarr_format=3, chunks=(5, 16, 16)),
    "zarr3_shards": lambda path: zarray(path, zarr_format=3, chunks=(5, 16, 16), shards=(10, 32, 32)),
    "zarr2_group": lambda path: zarray(path, name="raw/movie", zarr_format=2, chunks=(5, 16, 16)),
    "zarr3_group": lambda path: zarray(path, name="raw/movie", zarr_format=3, chunks=(5, 16, 16)),
    "zarr3_one_chunk": lambda path: zarray(path, zarr_format=3, chunks=MOVIE.shape),
    "xarray2": lambda path: xarray_store(path, 2),
    "xarray3": lambda path: xarray_store(path, 3),
    "npy_fortran": lambda path: npy(path, np.asfortranarray(MOVIE)),
    "npy_frames_last": lambda path: npy(path, MOVIE.transpose(1, 2, 0)),
    "npy_big_endian": lambda path: npy(path, MOVIE.astype(">u2")),
    "raw_avi": lambda path: with_ffmpeg(path, "-c:v", "rawvideo", "-pix_fmt", "gray"),
    "ffv1_avi": lambda path: with_ffmpeg(path, "-c:v", "ffv1", "-pix_fmt", "gray"),
    "ffv1_mkv": lambda path: with_ffmpeg(path, "-c:v", "ffv1", "-pix_fmt", "gray"),
    "mjpeg_avi": lambda path: with_ffmpeg(path, "-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj420p"),
    "h264_mp4": lambda path: with_ffmpeg(path, "-c:v", "libx264", "-qp", "0", "-pix_fmt", "gray"),
    "ffmpeg": ffmpeg_program,
}

KINDS[sys.argv[1]](sys.argv[2])
